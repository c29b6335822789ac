import type { OutgoingMessage } from '#contracts';
import {
  type AssignmentView,
  confirmAssignment,
  departAssignment,
  endAssignmentEarly,
  extendAssignment,
  getAssignment,
  interruptAssignment,
  listAssignments,
  listStaffingAuditRecords,
  resumeAssignment,
} from '#contracts/staffing';
import { fundCoverExtensionRefused, fundCoverGranted } from '#contracts/finance';
import { newId } from '#platform';
import { caller, startTestService, type TestService, FixedClock } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver } from '../factories/municipal.factory';
import { acceptedAssignment, assignmentGround, officer, partnerUser, UNDER_WAY } from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

let app: TestService;

beforeAll(async () => {
  app = await startTestService({
    module: StaffingModule,
    dataSource: staffingDataSource,
    clock: new FixedClock(UNDER_WAY),
  });
}, 60_000);
afterAll(() => app.close());

const read = (assignmentId: string, as = officer) => app.rpc(getAssignment, { assignmentId }, as);
const at = ({ version }: AssignmentView) => ({ expectedVersion: version, idempotencyKey: newId() });
const amount = { amount: '1000.00', currency: 'EUR' };
const CAUSE = { reason: 'PERSONAL' as const, attributableToExpert: false };

function granted({ id, fundId, version }: AssignmentView): OutgoingMessage {
  return fundCoverGranted.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId: id, commitmentId: newId(), fundId, total: amount, byYear: [{ year: 2027, amount }] },
  });
}

function extensionRefused({ id, fundId, period, version }: AssignmentView, to: string): OutgoingMessage {
  return fundCoverExtensionRefused.of({
    aggregateId: id,
    aggregateVersion: version,
    data: {
      assignmentId: id,
      fundId,
      period: { from: period.from, to },
      reason: 'INSUFFICIENT_FUNDS',
      shortfalls: [{ year: 2029, missing: amount }],
    },
  });
}

/** Every act that takes a note, each with one. */
async function assignmentWithNotes() {
  const ground = await assignmentGround(app);
  const accepted = await acceptedAssignment(app, ground);
  const assignmentId = accepted.id;
  const requested = await app.rpc(confirmAssignment, { assignmentId, note: 'Urgent' }, officer, at(accepted));
  await deliver(app, granted(requested));
  const departure = { assignmentId, departedOn: '2027-01-10' };
  const active = await app.rpc(departAssignment, departure, officer, at(await read(assignmentId)));
  const to = '2029-07-01';
  const extending = await app.rpc(
    extendAssignment,
    { assignmentId, to, note: 'One more wet season' },
    officer,
    at(active),
  );
  await deliver(app, extensionRefused(extending, to));
  const interruption = { assignmentId, interruptedOn: '2027-05-01', ...CAUSE, note: 'Operation on 3 May' };
  const interrupted = await app.rpc(interruptAssignment, interruption, officer, at(await read(assignmentId)));
  const resumption = { assignmentId, resumedOn: '2027-06-01', note: 'Fit for work' };
  const resumed = await app.rpc(resumeAssignment, resumption, officer, at(interrupted));
  const end = { assignmentId, endedOn: '2027-09-01', ...CAUSE, note: 'Will not come back' };
  const ended = await app.rpc(endAssignmentEarly, end, officer, at(resumed));
  return { ground, ended };
}

describe('the notes of officers', () => {
  let written: Awaited<ReturnType<typeof assignmentWithNotes>>;
  beforeAll(async () => {
    written = await assignmentWithNotes();
  });

  it('are kept and shown with who wrote them to which act', async () => {
    const { notes } = await read(written.ended.id);
    expect(notes?.map(({ act, text }) => `${act} ${text}`)).toEqual([
      'CONFIRMATION Urgent',
      'EXTENSION One more wet season',
      'INTERRUPTION Operation on 3 May',
      'RESUMPTION Fit for work',
      'EARLY_END Will not come back',
    ]);
    expect(new Set(notes?.map(({ by }) => by))).toEqual(new Set([officer.subject]));
    expect(written.ended.notes).toEqual(notes);
  });

  it('are not shown to municipalities, nor in lists', async () => {
    expect((await read(written.ended.id, partnerUser(written.ground.partnership))).notes).toBeNull();
    const { items } = await app.rpc(listAssignments, {}, officer);
    expect(items.find(({ id }) => id === written.ended.id)).not.toHaveProperty('notes');
  });

  it('are why the act was done in the audit trail, which keeps no text in its chain', async () => {
    const { items } = await app.rpc(listStaffingAuditRecords, { objectId: written.ended.id }, caller('auditor'));
    const confirmation = items.find(({ act }) => act === 'rpc.staffing.assignment.confirm');
    expect(confirmation?.why).toBe('Urgent');
    const fields = confirmation?.changes.flatMap((change) => change.fields);
    expect(fields).toContainEqual({ field: 'notes', isWithheld: true });
  });

  it('are not needed', async () => {
    const accepted = await acceptedAssignment(app, await assignmentGround(app));
    const requested = await app.rpc(confirmAssignment, { assignmentId: accepted.id }, officer, at(accepted));
    expect(requested.notes).toEqual([]);
  });
});
