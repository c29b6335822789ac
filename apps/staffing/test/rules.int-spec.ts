import { type RequestInputOf } from '#contracts';
import { fundCoverGranted } from '#contracts/finance';
import {
  confirmStaffingRuleProposal,
  departAssignment,
  getAssignment,
  getStaffingRuleProposal,
  listAssignmentReports,
  listStaffingAuditRecords,
  listStaffingRuleProposalActions,
  listStaffingRuleProposals,
  listStaffingRules,
  proposeStaffingRule,
  rejectStaffingRuleProposal,
} from '#contracts/staffing';
import { migrate } from '#database';
import { newId } from '#platform';
import { caller, refusalOf, startTestService, type TestCaller, type TestService, FixedClock } from '#testing';
import { staffingDataSource } from '../src/data-source';
import { deliver } from '../src/factories/municipal.factory';
import { assignmentGround, requestedAssignment, UNDER_WAY } from '../src/factories/staffing.factory';
import { StaffingModule } from '../src/staffing.module';

let app: TestService;
beforeAll(async () => {
  app = await startTestService({
    module: StaffingModule,
    dataSource: staffingDataSource,
    clock: new FixedClock(UNDER_WAY),
  });
});
afterAll(() => app.close());

const officer = caller('programme-officer', { subject: 'officer' });
const colleague = caller('budget-officer', { subject: 'colleague' });
const auditor = caller('auditor');

const ROW = {
  ruleSet: 'REPORTS',
  key: 'start-report-after',
  value: '2',
  unit: 'MONTHS',
  validFrom: '2027-01-01',
  source: 'Instruction 4/2026 of the fund on reports',
};
const propose = (row: Partial<RequestInputOf<typeof proposeStaffingRule>> = {}, as: TestCaller = officer) =>
  app.rpc(proposeStaffingRule, { ...ROW, ...row }, as, { idempotencyKey: newId() });
const decide = (proposalId: string, as: TestCaller, operation = confirmStaffingRuleProposal) =>
  app.rpc(operation, { proposalId, reason: 'As instructed' }, as, { expectedVersion: 1, idempotencyKey: newId() });
const inForce = async (on: string, key = ROW.key) =>
  (await app.rpc(listStaffingRules, { ruleSet: ['REPORTS'], key: [key], on }, auditor)).items;

async function coveredAssignment() {
  const { id, fundId, version } = await requestedAssignment(app, await assignmentGround(app));
  const amount = { amount: '1000.00', currency: 'EUR' };
  const data = { assignmentId: id, commitmentId: newId(), fundId, total: amount, byYear: [{ year: 2027, amount }] };
  await deliver(app, fundCoverGranted.of({ aggregateId: id, aggregateVersion: version, data }));
  return app.rpc(getAssignment, { assignmentId: id }, officer);
}

describe('a rule of the service', () => {
  it('is listed with validity, source and mark; of a file of two services each keeps its own keys', async () => {
    const { items } = await app.rpc(listStaffingRules, { ruleSet: ['DEVELOPMENT_WORKER'] }, caller('expert'));
    expect(items.map(({ key, value, unit }) => `${key} ${value} ${unit}`)).toEqual([
      'age-min 18 YEARS',
      'citizens-of EU COUNTRY_GROUP',
      'nationals-or-residents-only no YES_OR_NO',
      'term-months-max 48 MONTHS',
      'term-months-min 12 MONTHS',
    ]);
    expect(items[0]).toMatchObject({ validFrom: '2019-01-01', validTo: null, mark: 'FOUND' });
  });

  it('is proposed by one person, in force once another one confirmed it, and both stand in the audit trail', async () => {
    const proposal = await propose();
    expect(proposal).toMatchObject({
      ...ROW,
      status: 'PROPOSED',
      validTo: null,
      decision: null,
      proposedBy: 'officer',
    });
    expect(await inForce('2027-06-01')).toMatchObject([{ value: '3', mark: 'GENERAL_KNOWLEDGE' }]);
    const waiting = await app.rpc(listStaffingRuleProposals, { status: ['PROPOSED'] }, auditor);
    expect(waiting.items).toEqual([proposal]);

    const confirmed = await decide(proposal.id, colleague);
    expect(confirmed).toMatchObject({ status: 'CONFIRMED', decision: { by: 'colleague', reason: 'As instructed' } });
    expect(await app.rpc(getStaffingRuleProposal, { proposalId: proposal.id }, auditor)).toEqual(confirmed);
    expect(await inForce('2027-06-01')).toMatchObject([{ value: '2', mark: 'CONFIRMED', source: ROW.source }]);
    expect(await inForce('2026-12-31')).toMatchObject([{ value: '3', validTo: '2027-01-01' }]);
    const trail = await app.rpc(listStaffingAuditRecords, { objectId: proposal.id }, auditor);
    expect(trail.items.map(({ actor, act }) => `${actor} ${act}`)).toEqual(
      expect.arrayContaining(['colleague rpc.staffing.rule-proposal.confirm']),
    );
  });

  it('that was confirmed decides: the start report of a departure falls due earlier', async () => {
    const { id, version } = await coveredAssignment();
    await app.rpc(departAssignment, { assignmentId: id, departedOn: '2027-01-10' }, officer, {
      expectedVersion: version,
    });
    const { items } = await app.rpc(listAssignmentReports, { assignmentId: id }, auditor);
    expect(items[0]).toMatchObject({ kind: 'START', dueOn: '2027-03-10' });
  });

  it('is not confirmed by who proposed it, nor decided twice, and says so before it is tried', async () => {
    const { id } = await propose({ key: 'progress-report-every', value: '4' });
    const proposer = caller('programme-officer', { subject: 'officer' });
    await expect(decide(id, proposer)).rejects.toMatchObject({ code: 'PLATFORM_RULE_FOUR_EYES' });
    const actions = await app.rpc(listStaffingRuleProposalActions, { proposalId: id }, proposer);
    expect(refusalOf(actions, confirmStaffingRuleProposal)).toBe('PLATFORM_RULE_FOUR_EYES');
    expect(refusalOf(actions, rejectStaffingRuleProposal)).toBeUndefined();
    await decide(id, proposer, rejectStaffingRuleProposal);
    await expect(decide(id, colleague)).rejects.toMatchObject({ code: 'PLATFORM_RULE_PROPOSAL_DECIDED' });
    expect(await inForce('2027-06-01', 'progress-report-every')).toMatchObject([{ value: '6' }]);
    await expect(
      app.database.query(`UPDATE rule_proposal SET status = 'CONFIRMED', decided_by = proposed_by WHERE id = $1`, [id]),
    ).rejects.toThrow('ck_rule_proposal_four_eyes');
  });

  it.each([
    ['set', { ruleSet: 'PAYMENT' }, 'PLATFORM_RULE_NOT_KNOWN', undefined],
    ['key', { key: 'end-report' }, 'PLATFORM_RULE_NOT_KNOWN', undefined],
    [
      'key of another service',
      { ruleSet: 'DEVELOPMENT_WORKER', key: 'base-allowance' },
      'PLATFORM_RULE_NOT_KNOWN',
      undefined,
    ],
    ['unit', { unit: 'WEEKS' }, 'PLATFORM_RULE_VALUE_NOT_ALLOWED', '#/unit'],
    ['value', { value: 'soon' }, 'PLATFORM_RULE_VALUE_NOT_ALLOWED', '#/value'],
    [
      'weights',
      { ruleSet: 'ASSESSMENT', key: 'weights', value: 'RELEVANCE=60 RISK=30', unit: 'PERCENT' },
      'PLATFORM_RULE_VALUE_NOT_ALLOWED',
      '#/value',
    ],
  ])('of an unknown or wrong %s is refused', async (_what, row, code, pointer) => {
    const refusal = await propose(row).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code, ...(pointer && { errors: [{ pointer }] }) });
  });

  it('that was confirmed outlasts a newly shipped file; an unchanged file costs nothing', async () => {
    const loadedAt = () => app.testDatabase.asAdmin('SELECT path, loaded_at FROM dated_rule_load ORDER BY path');
    const before = await loadedAt();
    await migrate({ adminUrl: app.testDatabase.adminUrl, services: [staffingDataSource] });
    expect(await loadedAt()).toEqual(before);

    // A file of another release has another checksum.
    await app.testDatabase.asAdmin(
      `UPDATE dated_rule_load SET checksum = 'another' WHERE path LIKE '%report-rules.csv'`,
    );
    await app.testDatabase.asAdmin(`DELETE FROM dated_rule WHERE rule_set = 'REPORTS'`);
    await migrate({ adminUrl: app.testDatabase.adminUrl, services: [staffingDataSource] });
    expect(await inForce('2027-06-01')).toMatchObject([{ value: '2', mark: 'CONFIRMED' }]);
    expect(await inForce('2026-06-01')).toMatchObject([{ value: '3', validTo: '2027-01-01' }]);
    expect(await loadedAt()).not.toEqual(before);
  });
});
