import type { Message, OutgoingMessage } from '#contracts';
import { partnershipRecorded } from '#contracts/partnership';
import {
  type AssignmentView,
  changeAssignmentShare,
  correctAssignmentDays,
  departAssignment,
  extendAssignment,
  getAssignment,
  listAssignmentActions,
} from '#contracts/staffing';
import {
  fundCoverChangeGranted,
  fundCoverChangeRefused,
  fundCoverExpired,
  fundCoverExtended,
  fundCoverExtensionRefused,
  fundCoverGranted,
  fundCoverRefused,
  fundCoverShareChanged,
  fundCoverShareChangeRefused,
  payoutSent,
} from '#contracts/finance';
import { newId } from '#platform';
import {
  describeSubscriptions,
  refusalOf,
  type SampleFactory,
  startTestService,
  type SubscriptionSample,
  type TestService,
  FixedClock,
} from '#testing';
import { staffingDataSource } from '../src/data-source';
import { deliver, partnership, partnershipMessage } from '../src/factories/municipal.factory';
import { assignmentGround, officer, requestedAssignment, UNDER_WAY } from '../src/factories/staffing.factory';
import { StaffingModule } from '../src/staffing.module';

let app: TestService;
beforeAll(async () => {
  app = await startTestService({
    module: StaffingModule,
    dataSource: staffingDataSource,
    clock: new FixedClock(UNDER_WAY),
  });
}, 60_000);
afterAll(() => app?.close());

const at = (version: number) => ({ expectedVersion: version, idempotencyKey: newId() });
const amount = { amount: '1000.00', currency: 'EUR' };
const LONGER = '2029-07-01';
const HALF = { from: '2027-06-01', fullTimePercent: 50 };

/** What the fund answers about one assignment. */
class Answers {
  readonly commitmentId: string;

  constructor(private readonly view: AssignmentView) {
    this.commitmentId = view.commitmentId ?? newId();
  }

  granted = (version: number) => this.of(fundCoverGranted, version);
  refused = (version: number) => this.of(fundCoverRefused, version);
  expired = (version: number) => this.of(fundCoverExpired, version);
  extended = (version: number) => this.of(fundCoverExtended, version);
  extensionRefused = (version: number) => this.of(fundCoverExtensionRefused, version);
  shareChanged = (version: number) => this.of(fundCoverShareChanged, version);
  shareChangeRefused = (version: number) => this.of(fundCoverShareChangeRefused, version);
  changeRefused = (version: number) => this.of(fundCoverChangeRefused, version);
  changeGranted = (version: number) => this.of(fundCoverChangeGranted, version);

  private of(declaration: Message, aggregateVersion: number): OutgoingMessage {
    const { id: assignmentId, fundId, period } = this.view;
    const data = declaration.data.parse({
      assignmentId,
      fundId,
      commitmentId: this.commitmentId,
      period: { from: period.from, to: LONGER },
      total: amount,
      byYear: [{ year: 2027, amount }],
      reason: 'INSUFFICIENT_FUNDS',
      shortfalls: [{ year: 2027, missing: amount }],
      since: '2027-02-10T09:00:00.000Z',
      ...HALF,
    });
    return declaration.of({ aggregateId: assignmentId, aggregateVersion, data });
  }
}

type Stage = 'requested' | 'covered' | 'extending' | 'changing share';

async function assignmentIn(stage: Stage): Promise<AssignmentView> {
  const requested = await requestedAssignment(app, await assignmentGround(app));
  if (stage === 'requested') return requested;
  await deliver(app, new Answers(requested).granted(requested.version));
  const { id, version } = await app.rpc(getAssignment, { assignmentId: requested.id }, officer);
  const departedOn = '2027-01-10';
  const active = await app.rpc(departAssignment, { assignmentId: id, departedOn }, officer, at(version));
  if (stage === 'covered') return active;
  if (stage === 'changing share') {
    const request = { assignmentId: id, ...HALF, reason: 'PERSONAL' as const };
    return app.rpc(changeAssignmentShare, request, officer, at(active.version));
  }
  return app.rpc(extendAssignment, { assignmentId: id, to: LONGER }, officer, at(active.version));
}

function ofAssignment(
  stage: Stage,
  what: (answers: Answers, version: number) => Pick<SubscriptionSample, 'message' | 'earlier' | 'stale'>,
): SampleFactory {
  return async () => {
    const view = await assignmentIn(stage);
    const effect = async () => {
      const it = await app.rpc(getAssignment, { assignmentId: view.id }, officer);
      const { status, version, period, extension, shareChanges, shareRequest, fundingRefusal, coverShortfall } = it;
      const isBound = it.commitmentId !== null;
      return {
        status,
        version,
        period,
        extension,
        shareChanges,
        shareRequest,
        fundingRefusal,
        coverShortfall,
        isBound,
      };
    };
    return { ...what(new Answers(view), view.version), effect };
  };
}

/** Covered, but not departed: the reservation may still run out. */
const expired: SampleFactory = async () => {
  const view = await assignmentIn('requested');
  const answers = new Answers(view);
  await deliver(app, answers.granted(view.version));
  const effect = async () => {
    const it = await app.rpc(getAssignment, { assignmentId: view.id }, officer);
    return [it.status, it.version, it.fundingRefusal];
  };
  return { message: answers.expired(view.version), stale: [answers.granted(view.version)], effect };
};

/** A payment has gone out: the days are no longer corrected. */
const paid: SampleFactory = async () => {
  const { id: assignmentId, fundId, commitmentId } = await assignmentIn('covered');
  const [payoutId, payeeId, paymentRunId] = [newId(), newId(), newId()];
  const data = payoutSent.data.parse({
    ...{ assignmentId, fundId, commitmentId, payoutId, payeeId, amount, paymentRunId },
    ...{
      budgetYear: 2027,
      dueOn: '2027-02-01',
      status: 'SENT',
      costCategory: 'PERSONAL',
      instalment: 1,
      endToEndId: 'E',
    },
  });
  const effect = async () =>
    refusalOf(await app.rpc(listAssignmentActions, { assignmentId }, officer), correctAssignmentDays);
  const sent = (version: number) => payoutSent.of({ aggregateId: payoutId, aggregateVersion: version, data });
  return { message: sent(8), stale: [sent(7)], effect };
};

const recorded: SampleFactory = async () => {
  const one = partnership();
  const participants = [{ municipalityId: one.german, side: 'DE' as const, country: 'DE', name: 'Tübingen' }];
  const effect = () =>
    app.asServiceRole(
      `SELECT p.version, count(m.municipality_id)::int AS participants FROM partnership_copy p
       LEFT JOIN partnership_participant_copy m ON m.partnership_id = p.id WHERE p.id = $1 GROUP BY p.version`,
      [one.id],
    );
  return {
    message: partnershipMessage(one, { version: 4 }),
    earlier: [partnershipMessage(one, { version: 3, participants })],
    effect,
  };
};

describeSubscriptions({
  service: 'staffing',
  app: () => app,
  samples: {
    [payoutSent.subject]: paid,
    [partnershipRecorded.subject]: recorded,
    [fundCoverGranted.subject]: ofAssignment('requested', (it, version) => ({
      message: it.granted(version),
      stale: [it.refused(version - 1)],
    })),
    [fundCoverRefused.subject]: ofAssignment('requested', (it, version) => ({
      message: it.refused(version),
      stale: [it.granted(version - 1)],
    })),
    [fundCoverExpired.subject]: expired,
    [fundCoverExtended.subject]: ofAssignment('extending', (it, version) => ({
      message: it.extended(version),
      stale: [it.extensionRefused(version - 1), it.extended(version - 1)],
    })),
    [fundCoverExtensionRefused.subject]: ofAssignment('extending', (it, version) => ({
      message: it.extensionRefused(version),
      stale: [it.extended(version - 1)],
    })),
    [fundCoverShareChanged.subject]: ofAssignment('changing share', (it, version) => ({
      message: it.shareChanged(version),
      stale: [it.shareChangeRefused(version - 1), it.shareChanged(version - 1)],
    })),
    [fundCoverShareChangeRefused.subject]: ofAssignment('changing share', (it, version) => ({
      message: it.shareChangeRefused(version),
      stale: [it.shareChanged(version - 1)],
    })),
    [fundCoverChangeRefused.subject]: ofAssignment('covered', (it) => ({
      message: it.changeRefused(8),
      stale: [it.changeGranted(7), it.changeRefused(6)],
    })),
    [fundCoverChangeGranted.subject]: ofAssignment('covered', (it) => ({
      message: it.changeGranted(9),
      stale: [it.changeRefused(8)],
    })),
  },
});
