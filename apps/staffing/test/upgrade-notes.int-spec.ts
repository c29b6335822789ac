import { randomUUID } from 'node:crypto';
import { createDataSource, migrate } from '#database';
import { messagingMigrations } from '#messaging';
import { createTestDatabase, type TestDatabase } from '#testing';
import { migrations } from '../migrations';
import { AssignmentNotes1764100082000 } from '../migrations/0082-assignment-notes';

const before = migrations.slice(0, migrations.indexOf(AssignmentNotes1764100082000));
const source = (some: typeof migrations) =>
  createDataSource({ service: 'staffing', entities: [], migrations: [...messagingMigrations, ...some] });

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(source(before));
}, 60_000);
afterAll(() => test?.drop());

it('an upgrade brings what was written to early ends to light', async () => {
  const columns = `id, version, status, expert_request_id, partnership_ids, expert_id, employer_municipality_id, fund_id, instrument,
    period_from, period_to, full_time_percent, cost_inputs, commitment_id, departed_on, ended_on, end_reason, is_end_attributable,
    created_by, created_at`;
  const id = () => `'${randomUUID()}'`;
  const ended = (endNote: string, to: string) => `INSERT INTO assignment (${columns}, end_note)
    VALUES (${id()}, 9, 'ENDED_EARLY', ${id()}, '{}', ${id()}, ${id()}, ${id()}, 'LOCAL_EXPERT', '2027-01-01', '${to}', 100, '{}',
      ${id()}, '2027-01-01', '2027-05-01', 'SECURITY', false, 'officer', now(), ${endNote});`;
  await test.asAdmin(
    `SET session_replication_role = replica; ${ended(`'Evacuated'`, '2028-01-01')} ${ended('NULL', '2029-01-01')}`,
  );
  await migrate({ adminUrl: test.adminUrl, services: [source(migrations)] });
  expect(await test.asAdmin('SELECT notes FROM assignment ORDER BY period_to')).toEqual([
    {
      notes: [
        {
          act: 'EARLY_END',
          text: 'Evacuated',
          by: 'staffing',
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      ],
    },
    { notes: [] },
  ]);
});
