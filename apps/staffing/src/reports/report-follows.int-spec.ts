import { addDays, addMonths } from '#contracts';
import {
  type AssignmentView,
  acceptReport,
  commentReport,
  departAssignment,
  endAssignmentEarly,
  extendAssignment,
  getAssignment,
  getReport,
  interruptAssignment,
  listAssignmentReports,
  listReportActions,
  listStaffingAuditRecords,
  type ReportSummary,
  resumeAssignment,
  submitReport,
} from '#contracts/staffing';
import { fundCoverExtended, fundCoverGranted } from '#contracts/finance';
import { newId } from '#platform';
import { caller, FixedClock, possibleActs, startTestService, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import { deliver } from '../factories/municipal.factory';
import { assignmentGround, officer, partnerUser, requestedAssignment, UNDER_WAY } from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';
import { reportSchedule } from './report-schedule';

let app: TestService;
const clock = new FixedClock(UNDER_WAY);
beforeAll(async () => {
  app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource, clock });
}, 60_000);
afterAll(() => app?.close());

const RULE = { startAfterMonths: 3, progressEveryMonths: 6 };
const CAUSE = { reason: 'SECURITY' as const, attributableToExpert: false };
const amount = { amount: '1000.00', currency: 'EUR' };
const cover = { total: amount, byYear: [{ year: 2027, amount }] };

/** An active assignment from 2027-01-10 to 2029-01-01, with its acts. */
class Service {
  private constructor(
    readonly ground: Awaited<ReturnType<typeof assignmentGround>>,
    private readonly assignmentId: string,
  ) {}

  static async begin(): Promise<Service> {
    const ground = await assignmentGround(app);
    const { id, fundId, version } = await requestedAssignment(app, ground);
    const data = { assignmentId: id, commitmentId: newId(), fundId, ...cover };
    await deliver(app, fundCoverGranted.of({ aggregateId: id, aggregateVersion: version, data }));
    const it = new Service(ground, id);
    await app.rpc(departAssignment, { assignmentId: id, departedOn: '2027-01-10' }, officer, await it.now());
    return it;
  }

  view(): Promise<AssignmentView> {
    return app.rpc(getAssignment, { assignmentId: this.assignmentId }, officer);
  }

  async extend(to: string): Promise<void> {
    const { assignmentId } = this;
    const { period, version, fundId, commitmentId } = await app.rpc(
      extendAssignment,
      { assignmentId, to },
      officer,
      await this.now(),
    );
    const data = {
      assignmentId,
      commitmentId: commitmentId ?? '',
      fundId,
      period: { from: period.from, to },
      ...cover,
    };
    await deliver(app, fundCoverExtended.of({ aggregateId: assignmentId, aggregateVersion: version, data }));
  }

  async interrupt(interruptedOn: string): Promise<void> {
    const request = { assignmentId: this.assignmentId, interruptedOn, ...CAUSE };
    await app.rpc(interruptAssignment, request, officer, await this.now());
  }

  async resume(resumedOn: string): Promise<void> {
    await app.rpc(resumeAssignment, { assignmentId: this.assignmentId, resumedOn }, officer, await this.now());
  }

  async endEarly(endedOn: string): Promise<void> {
    const request = { assignmentId: this.assignmentId, endedOn, ...CAUSE };
    await app.rpc(endAssignmentEarly, request, officer, await this.now());
  }

  async reports(): Promise<ReportSummary[]> {
    return (await app.rpc(listAssignmentReports, { assignmentId: this.assignmentId, limit: 200 }, officer)).items;
  }

  async due(): Promise<string[]> {
    const live = (await this.reports()).filter(({ status }) => status !== 'CANCELLED');
    return live.map(({ kind, dueOn }) => `${kind} ${dueOn}`).sort();
  }

  async submit(kind: ReportSummary['kind']): Promise<ReportSummary> {
    const report = (await this.reports()).find((it) => it.kind === kind && it.status === 'DRAFT');
    if (!report) throw new Error(`no ${kind} report is open`);
    const { expertId } = this.ground.plan;
    const request = { reportId: report.id, sections: [{ section: 'MILESTONES' as const, text: 'Reached.' }] };
    return app.rpc(submitReport, request, caller('expert', { subject: `expert-${expertId}`, expertId }), at(report));
  }

  async accept(kind: ReportSummary['kind']): Promise<void> {
    const submitted = await this.submit(kind);
    const comment = { reportId: submitted.id, text: 'We agree.' };
    const commented = await app.rpc(commentReport, comment, partnerUser(this.ground.partnership), at(submitted));
    await app.rpc(acceptReport, { reportId: submitted.id }, officer, at(commented));
  }

  private async now() {
    return at(await this.view());
  }
}

const at = ({ version }: { version: number }) => ({ expectedVersion: version, idempotencyKey: newId() });

describe('an extension', () => {
  it('after the final report was handed in makes it a progress report and asks for a further final one', async () => {
    const it = await Service.begin();
    const { id } = await it.submit('FINAL');
    await it.extend('2029-12-01');
    expect((await it.due()).slice(-4)).toEqual([
      'PROGRESS 2029-01-01',
      'PROGRESS 2029-01-10',
      'PROGRESS 2029-07-10',
      'START 2027-04-10',
    ]);
    expect(await it.due()).toContain('FINAL 2029-12-01');
    const interim = await app.rpc(getReport, { reportId: id }, officer);
    expect(interim).toMatchObject({ kind: 'PROGRESS', status: 'SUBMITTED', sections: [{ text: 'Reached.' }] });
  });

  it('after the final report was accepted leaves that as it is and asks for a further one', async () => {
    const it = await Service.begin();
    await it.accept('FINAL');
    await it.extend('2029-12-01');
    const finals = (await it.reports()).filter(({ kind }) => kind === 'FINAL');
    expect(finals).toMatchObject([
      { dueOn: '2029-01-01', status: 'ACCEPTED' },
      { dueOn: '2029-12-01', status: 'DRAFT' },
    ]);
  });
});

describe('an interruption', () => {
  it('cancels what falls due in it with the reason; the resumption brings it back on its day', async () => {
    const it = await Service.begin();
    await it.interrupt('2027-07-01');
    expect(await it.due()).toEqual(['FINAL 2029-01-01', 'START 2027-04-10']);
    const [cancelled] = (await it.reports()).filter(({ status }) => status === 'CANCELLED');
    expect(cancelled).toMatchObject({ kind: 'PROGRESS', dueOn: '2027-07-10', cancellationReason: 'INTERRUPTION' });
    const reportId = cancelled?.id ?? '';
    expect(possibleActs(await app.rpc(listReportActions, { reportId }, officer))).toEqual([]);
    await it.resume('2027-09-01');
    expect(await it.due()).toEqual([
      'FINAL 2029-01-01',
      'PROGRESS 2027-09-01',
      'PROGRESS 2028-01-10',
      'PROGRESS 2028-07-10',
      'START 2027-04-10',
    ]);
    expect(await app.rpc(getReport, { reportId }, officer)).toMatchObject({
      status: 'DRAFT',
      cancellationReason: null,
    });
    const objectId = cancelled?.assignmentId ?? '';
    const { items } = await app.rpc(listStaffingAuditRecords, { objectId }, caller('auditor'));
    const interruption = items.find(({ act }) => act === 'rpc.staffing.assignment.interrupt');
    const ofReport = interruption?.changes.find(({ id }) => id === reportId)?.fields;
    expect(ofReport).toContainEqual(expect.objectContaining({ field: 'cancellationReason', after: 'INTERRUPTION' }));
  });
});

describe('an early end', () => {
  it('cancels what would fall due after it and brings the final report forward', async () => {
    const it = await Service.begin();
    await it.endEarly('2027-06-01');
    expect(await it.due()).toEqual(['FINAL 2027-06-01', 'START 2027-04-10']);
    const cancelled = (await it.reports()).filter(({ status }) => status === 'CANCELLED');
    expect(cancelled.map(({ cancellationReason }) => cancellationReason)).toEqual(Array(3).fill('EARLY_END'));
  });
});

/** A small generator of its own, so that a failure is the same the next time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => Math.floor((state = (state * 48_271) % 2_147_483_647) / 1_000) % below;
}

describe('through random extensions, interruptions and early ends', () => {
  it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
    'the reports equal the schedule made anew (history %i)',
    async (seed) => {
      const below = random(seed * 7_919);
      const it = await Service.begin();
      for (let step = 0; step < 6; step++) {
        const { status, period, interruptions, departedOn } = await it.view();
        const last = interruptions.at(-1);
        const next = addDays(last?.to ?? last?.from ?? departedOn ?? '', 1 + below(250));
        const isIn = next < period.to;
        const act = below(10);
        if (status === 'INTERRUPTED' && isIn && act < 8) await it.resume(next);
        else if (status === 'ACTIVE' && act < 4 && addMonths(period.to, 1) < '2030-12-01')
          await it.extend(addMonths(period.to, 1));
        else if (status === 'ACTIVE' && isIn && act < 9) await it.interrupt(next);
        else if ((status === 'ACTIVE' || status === 'INTERRUPTED') && isIn) await it.endEarly(next);
        const after = await it.view();
        const service = {
          departedOn: after.departedOn ?? '',
          endsOn: after.endedOn ?? after.period.to,
          interruptions: after.interruptions,
        };
        expect(await it.due()).toEqual(
          reportSchedule(RULE, service)
            .map(({ kind, dueOn }) => `${kind} ${dueOn}`)
            .sort(),
        );
      }
    },
    60_000,
  );
});
