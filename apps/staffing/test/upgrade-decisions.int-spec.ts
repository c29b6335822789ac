import { randomUUID } from 'node:crypto';
import { createDataSource, migrate } from '#database';
import { messagingMigrations } from '#messaging';
import { createTestDatabase, type TestDatabase } from '#testing';
import { migrations } from '../migrations';
import { IndependentDecisions1764100094000 } from '../migrations/0094-independent-decisions';

const before = migrations.slice(0, migrations.indexOf(IndependentDecisions1764100094000));
const source = (some: typeof migrations) =>
  createDataSource({ service: 'staffing', entities: [], migrations: [...messagingMigrations, ...some] });

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(source(before));
}, 60_000);
afterAll(() => test?.drop());

it('an upgrade learns from the audit trail who did what, and marks what one person decided alone', async () => {
  const [alone, shared, scoredByChecker] = [randomUUID(), randomUUID(), randomUUID()];
  const request = (
    id: string,
  ) => `INSERT INTO expert_request (id, version, status, partnership_ids, title, situation, goal, tasks,
      fields_of_action, desired_from, desired_to, place_of_work_municipality_id, eligibility, instrument, created_by, created_at, submitted_at)
    VALUES ('${id}', 9, 'SELECTED', ARRAY['${randomUUID()}'::uuid], 'Waste', 'S', 'G', 'T', '[]', '2027-01-01', '2029-01-01', '${randomUUID()}',
      '[{}]', 'LOCAL_EXPERT', 'drafter', now(), now());`;
  const did = (id: string, acts: Record<string, string>) =>
    Object.entries(acts)
      .map(
        ([
          act,
          actor,
        ]) => `INSERT INTO audit_record (id, recorded_at, actor, operation, object_id, correlation_id, details)
          VALUES ('${randomUUID()}', now(), '${actor}', 'rpc.staffing.expert-request.${act}', '${id}', 'c', '{}');`,
      )
      .join('');
  const scored = (id: string, reviewer: string) => `INSERT INTO expert_request_assessment
    VALUES ('${randomUUID()}', '${id}', '${reviewer}', '[]', 300, NULL, now());`;
  await test.asAdmin(`SET session_replication_role = replica;
    ${[alone, shared, scoredByChecker].map(request).join('')}
    ${did(alone, { create: 'drafter', check: 'checker', recommend: 'officer', select: 'officer' })}
    ${did(shared, { create: 'drafter', change: 'editor', check: 'checker', recommend: 'officer', select: 'second' })}
    ${did(scoredByChecker, { create: 'drafter', check: 'checker', recommend: 'officer', select: 'checker' })}
    ${scored(shared, 'a')} ${scored(shared, 'b')} ${scored(scoredByChecker, 'checker')}`);
  await migrate({ adminUrl: test.adminUrl, services: [source(migrations)] });
  const read = (id: string) =>
    test.asAdmin(`SELECT drafted_by, checked_by, reviewed_by, recommended_by, selected_by, selected_alone
      FROM expert_request WHERE id = '${id}'`);
  const learnt = { draftedBy: ['drafter'], checkedBy: ['checker'], reviewedBy: [], recommendedBy: 'officer' };
  expect(await read(alone)).toEqual([{ ...learnt, selectedBy: 'officer', selectedAlone: true }]);
  expect(await read(shared)).toEqual([
    { ...learnt, draftedBy: ['drafter', 'editor'], reviewedBy: ['a', 'b'], selectedBy: 'second', selectedAlone: false },
  ]);
  expect(await read(scoredByChecker)).toEqual([
    { ...learnt, checkedBy: [], reviewedBy: ['checker'], selectedBy: null, selectedAlone: false },
  ]);
});
