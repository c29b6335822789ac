import {
  acceptReport,
  commentReport,
  COMMENTS_SHOWN,
  completeAssignment,
  assignmentCompleted,
  confirmAssignment,
  departAssignment,
  getAssignment,
  getReport,
  listAssignmentActions,
  listAssignmentReports,
  listReports,
  REPORT_SECTIONS,
  reportAccepted,
  type ReportView,
  returnReport,
  submitReport,
} from '#contracts/staffing';
import { fundCoverGranted } from '#contracts/finance';
import { newId } from '#platform';
import { caller, eventually, startTestService, type TestCaller, type TestService, FixedClock } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver, type Partnership } from '../factories/municipal.factory';
import {
  acceptedAssignment,
  assignmentGround,
  germanUser,
  knownPartnership,
  officer,
  partnerUser,
  UNDER_WAY,
} from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

interface Situation {
  assignmentId: string;
  assignmentVersion: number;
  expert: TestCaller;
  partnership: Partnership;
  reports: ReportView[];
}

let app: TestService;
const clock = new FixedClock(UNDER_WAY);

beforeAll(async () => {
  app = await startTestService({
    module: StaffingModule,
    dataSource: staffingDataSource,
    clock,
  });
}, 60_000);
afterAll(() => app.close());

const at = (version: number) => ({ expectedVersion: version, idempotencyKey: newId() });
const sections = [{ section: 'MILESTONES' as const, text: 'Two of three milestones are reached.' }];

/** An active assignment with its reports still in draft. */
async function active(): Promise<Situation> {
  const ground = await assignmentGround(app);
  const accepted = await acceptedAssignment(app, ground);
  const { id: assignmentId, fundId } = await app.rpc(
    confirmAssignment,
    { assignmentId: accepted.id },
    officer,
    at(accepted.version),
  );
  const [commitmentId, total] = [newId(), { amount: '1.00', currency: 'EUR' }];
  await deliver(
    app,
    fundCoverGranted.of({
      aggregateId: commitmentId,
      aggregateVersion: 1,
      data: { assignmentId, commitmentId, fundId, total, byYear: [] },
    }),
  );
  const confirmed = await app.rpc(getAssignment, { assignmentId }, officer);
  const departure = { assignmentId, departedOn: '2027-01-01' };
  const { version } = await app.rpc(departAssignment, departure, officer, at(confirmed.version));
  const { items } = await app.rpc(listAssignmentReports, { assignmentId }, officer);
  return {
    assignmentId,
    assignmentVersion: version,
    expert: caller('expert', { subject: `expert-${ground.plan.expertId}`, expertId: ground.plan.expertId }),
    partnership: ground.partnership,
    reports: await Promise.all(items.map(({ id }) => app.rpc(getReport, { reportId: id }, officer))),
  };
}

function reportOf({ reports }: Situation, kind: ReportView['kind']): ReportView {
  const report = reports.find((each) => each.kind === kind);
  if (!report) throw new Error(`no ${kind} report`);
  return report;
}

const submit = (situation: Situation, { id, version }: ReportView) =>
  app.rpc(submitReport, { reportId: id, sections }, situation.expert, at(version));

async function accept(situation: Situation, report: ReportView): Promise<ReportView> {
  const submitted = await submit(situation, report);
  const comment = { reportId: report.id, text: 'We agree.' };
  const commented = await app.rpc(commentReport, comment, partnerUser(situation.partnership), at(submitted.version));
  return app.rpc(acceptReport, { reportId: report.id }, officer, at(commented.version));
}

describe('a report', () => {
  it('is submitted by its expert, commented by both sides, accepted and published', async () => {
    const situation = await active();
    const start = reportOf(situation, 'START');
    const submitted = await submit(situation, start);
    const comment = { reportId: start.id, text: 'Asante.' };
    const one = await app.rpc(commentReport, comment, partnerUser(situation.partnership), at(submitted.version));
    const both = await app.rpc(commentReport, comment, germanUser(situation.partnership), at(one.version));
    expect(both.comments.map(({ side }) => side)).toEqual(['PARTNER', 'DE']);
    const accepted = await app.rpc(acceptReport, { reportId: start.id }, officer, at(both.version));
    expect(accepted).toMatchObject({ status: 'ACCEPTED', sections });
    await eventually(async () => {
      const published = (await app.published(reportAccepted)).filter((data) => data.reportId === start.id);
      expect(published).toMatchObject([{ assignmentId: situation.assignmentId, kind: 'START', sequence: 1 }]);
    });
  });

  it('is answered whole at its longest, with the latest of its comments', async () => {
    const situation = await active();
    const start = reportOf(situation, 'START');
    const reportId = start.id;
    const longest = {
      reportId,
      sections: REPORT_SECTIONS.map((section) => ({ section, text: '😀'.repeat(20_000) })),
      attachments: Array.from({ length: 50 }, () => ({ name: '😀'.repeat(200), sha256: 'a'.repeat(64) })),
    };
    let report = await app.rpc(submitReport, longest, situation.expert, at(start.version));
    for (let count = 0; count <= COMMENTS_SHOWN; count++) {
      const comment = { reportId, text: `${count}`.padEnd(4_000, '語') };
      report = await app.rpc(commentReport, comment, partnerUser(situation.partnership), at(report.version));
    }
    const read = await app.rpc(getReport, { reportId }, officer);
    expect(read).toMatchObject({ sections: longest.sections, attachments: longest.attachments });
    expect(read.comments).toHaveLength(COMMENTS_SHOWN);
    expect(read.comments.map(({ text }) => parseInt(text, 10))).toEqual(
      Array.from({ length: COMMENTS_SHOWN }, (_, index) => index + 1),
    );
    const { items } = await app.rpc(
      listAssignmentReports,
      { assignmentId: situation.assignmentId, limit: 200 },
      officer,
    );
    expect(items.find(({ id }) => id === reportId)).not.toHaveProperty('sections');
    const tooLong = { ...longest, sections: [{ section: 'GENDER' as const, text: '語'.repeat(20_001) }] };
    await expect(app.rpc(submitReport, tooLong, situation.expert, at(report.version))).rejects.toMatchObject({
      errors: [{ pointer: '#/sections/0/text' }],
    });
  });

  it('goes back with a reason and comes again', async () => {
    const situation = await active();
    const start = reportOf(situation, 'START');
    const submitted = await submit(situation, start);
    const back = { reportId: start.id, reason: 'The indicators are missing.' };
    const returned = await app.rpc(returnReport, back, officer, at(submitted.version));
    expect(returned).toMatchObject({ status: 'RETURNED', returnReason: 'The indicators are missing.' });
    expect(await submit(situation, returned)).toMatchObject({ status: 'SUBMITTED', returnReason: null });
  });

  it('is not accepted without a comment', async () => {
    const situation = await active();
    const submitted = await submit(situation, reportOf(situation, 'START'));
    const acceptance = app.rpc(acceptReport, { reportId: submitted.id }, officer, at(submitted.version));
    await expect(acceptance).rejects.toMatchObject({ code: 'STAFFING_REPORT_TRANSITION_NOT_ALLOWED' });
  });

  it('never changes after acceptance, not even by SQL as the role of the service', async () => {
    const situation = await active();
    const accepted = await accept(situation, reportOf(situation, 'START'));
    const again = submit(situation, accepted);
    await expect(again).rejects.toMatchObject({ code: 'STAFFING_REPORT_TRANSITION_NOT_ALLOWED' });
    const { id } = accepted;
    await expect(app.database.query(`UPDATE report SET status = 'DRAFT' WHERE id = $1`, [id])).rejects.toThrow(
      'never changes',
    );
    await expect(app.database.query('DELETE FROM report WHERE id = $1', [id])).rejects.toThrow('never changes');
    await expect(app.database.query(`UPDATE report_comment SET text = ''`)).rejects.toThrow('permission denied');
  });

  it('belongs to the expert and the municipalities of its assignment', async () => {
    const situation = await active();
    const { id: reportId } = reportOf(situation, 'START');
    for (const user of [situation.expert, partnerUser(situation.partnership), germanUser(situation.partnership)]) {
      expect((await app.rpc(getReport, { reportId }, user)).id).toBe(reportId);
      expect((await app.rpc(listReports, {}, user)).items).toHaveLength(situation.reports.length);
    }
    const strangers = [caller('expert', { expertId: newId() }), germanUser(await knownPartnership(app))];
    for (const user of strangers) {
      const read = app.rpc(getReport, { reportId }, user);
      await expect(read).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
      expect((await app.rpc(listReports, {}, user)).items).toEqual([]);
    }
    const foreign = app.rpc(submitReport, { reportId, sections }, caller('expert', { expertId: newId() }), at(1));
    await expect(foreign).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });
});

describe('the completion of an assignment', () => {
  const AFTER = '2029-01-01T08:00:00Z';
  afterEach(() => {
    clock.set(UNDER_WAY);
  });
  const complete = ({ assignmentId, assignmentVersion }: Situation) =>
    app.rpc(completeAssignment, { assignmentId }, officer, at(assignmentVersion));

  it('comes with the end of its period and not before, whatever is accepted', async () => {
    const situation = await active();
    for (const report of situation.reports) await accept(situation, report);
    const [before] = (
      await app.rpc(listAssignmentActions, { assignmentId: situation.assignmentId }, officer)
    ).items.filter(({ operation }) => operation === 'assignment_complete');
    expect(before).toMatchObject({ isPossible: false, refusal: { code: 'STAFFING_ASSIGNMENT_PERIOD_NOT_OVER' } });
    await expect(complete(situation)).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_PERIOD_NOT_OVER',
      details: { periodTo: '2029-01-01', today: '2027-12-01' },
    });
    clock.set(AFTER);
    expect(await complete(situation)).toMatchObject({ status: 'COMPLETED', endedOn: '2029-01-01' });
    await eventually(async () => {
      const published = (await app.published(assignmentCompleted)).filter(
        (it) => it.assignmentId === situation.assignmentId,
      );
      expect(published).toMatchObject([{ endedOn: '2029-01-01' }]);
    });
  });

  it('names the reports that are open, not the final one alone', async () => {
    const situation = await active();
    clock.set(AFTER);
    await accept(situation, reportOf(situation, 'FINAL'));
    await submit(situation, reportOf(situation, 'START'));
    await expect(complete(situation)).rejects.toMatchObject({
      code: 'STAFFING_ASSIGNMENT_REPORTS_OPEN',
      details: {
        reports: [
          'START 2027-04-01 SUBMITTED',
          'PROGRESS 2027-07-01 DRAFT',
          'PROGRESS 2028-01-01 DRAFT',
          'PROGRESS 2028-07-01 DRAFT',
        ],
      },
    });
  });
});
