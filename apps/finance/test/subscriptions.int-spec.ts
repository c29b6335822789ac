import type { OutgoingMessage } from '#contracts';
import { eventPublished } from '#contracts/events';
import { municipalityRecorded } from '#contracts/partnership';
import {
  assignmentCancelled,
  assignmentCompleted,
  assignmentConfirmed,
  assignmentDeparted,
  assignmentEndedEarly,
  assignmentExtensionRequested,
  assignmentFundingRequested,
  assignmentInterrupted,
  assignmentResumed,
  assignmentShareChangeRequested,
  reportAccepted,
} from '#contracts/staffing';
import { newId } from '#platform';
import { describeSubscriptions, type SampleFactory, type SubscriptionSample } from '#testing';
import { AssignmentMessages } from './assignment-changes';
import { FinanceWorld, type FundingData } from './finance-world';

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
}, 60_000);
afterAll(() => world?.app.close());

const DW = { instrument: 'DEVELOPMENT_WORKER' as const, costOfLivingPercent: '0', hasSpouse: false, children: 0 };

/** What can be seen of an assignment's money: where it stands, what binds it, and what will be paid when. */
async function money({ assignmentId, fundId }: FundingData): Promise<unknown> {
  const { total } = await world.balances(fundId);
  const commitments = (await world.commitments(assignmentId)).filter((it) => it.status !== 'REFUSED');
  const [copy] = await world.app.asServiceRole('SELECT paused_from FROM assignment_copy WHERE id = $1', [assignmentId]);
  const payouts = (await world.payouts(assignmentId)).filter((it) => it.status !== 'CANCELLED');
  return {
    total,
    copy: copy ?? { pausedFrom: null },
    bound: commitments.filter((it) => it.status !== 'RELEASED').map((it) => [it.status, it.period, it.total]),
    payouts: payouts.map((it) => `${it.dueOn} ${it.category} ${it.amount.amount} ${it.status} ${it.blocked}`).sort(),
  };
}

/** A sample about an assignment that came as far as is told, with what else happens to it. */
function ofAssignment(
  stage: 'unknown' | 'covered' | 'confirmed' | 'departed',
  what: (messages: AssignmentMessages, data: FundingData) => Pick<SubscriptionSample, 'message' | 'earlier' | 'stale'>,
): SampleFactory {
  return async () => {
    const fund = await world.fund({ 2027: '90000.00', 2028: '90000.00' });
    const data = world.fundingRequest(fund.id, { costInputs: DW });
    if (stage !== 'unknown') {
      await world.requestFunding(data);
      await world.commitment(data.assignmentId, 'RESERVED');
    }
    if (stage === 'confirmed' || stage === 'departed') {
      await world.confirm(data);
      await world.commitment(data.assignmentId, 'COMMITTED');
    }
    if (stage === 'departed') await world.departed(fund.id, data);
    return { ...what(new AssignmentMessages(data), data), effect: () => money(data) };
  };
}

/** An instalment of a local expert that waits for one report; two were accepted. */
const acceptedReports: SampleFactory = async () => {
  const fund = await world.fund({ 2027: '90000.00' });
  const data = world.fundingRequest(fund.id, { period: { from: '2026-06-01', to: '2027-06-01' } });
  const covered = { ...data, period: { from: '2027-01-01', to: '2028-01-01' } };
  await world.departed(fund.id, covered);
  const accepted = (sequence: number): OutgoingMessage =>
    reportAccepted.of({
      aggregateId: newId(),
      aggregateVersion: 3,
      data: { reportId: newId(), assignmentId: data.assignmentId, kind: 'START', sequence, acceptedOn: '2027-02-01' },
    });
  const effect = () =>
    world.app.asServiceRole(
      'SELECT kind, sequence FROM accepted_report_copy WHERE assignment_id = $1 ORDER BY sequence',
      [data.assignmentId],
    );
  return { message: accepted(2), earlier: [accepted(1)], effect };
};

const municipality: SampleFactory = async () => {
  const id = newId();
  const recorded = (aggregateVersion: number, name: string): OutgoingMessage =>
    municipalityRecorded.of({
      aggregateId: id,
      aggregateVersion,
      data: { municipalityId: id, name, kind: 'CITY', country: 'TZ', side: 'PARTNER', population: null },
    });
  const effect = () => world.app.asServiceRole('SELECT name, version FROM municipality_copy WHERE id = $1', [id]);
  return { message: recorded(4, 'Moshi Mjini'), earlier: [recorded(3, 'Moshi')], effect };
};

const published: SampleFactory = () => {
  const eventId = newId();
  const at = (aggregateVersion: number, startsAt: string): OutgoingMessage =>
    eventPublished.of({
      aggregateId: eventId,
      aggregateVersion,
      data: { eventId, kind: 'CONFERENCE', mode: 'ON_SITE', startsAt, endsAt: startsAt, fieldsOfAction: [] },
    });
  const effect = () =>
    world.app.asServiceRole('SELECT count(*)::int AS known FROM event_copy WHERE id = $1', [eventId]);
  return Promise.resolve({
    message: at(3, '2027-04-02T08:00:00Z'),
    stale: [at(2, '2027-04-01T08:00:00Z')],
    effect,
  });
};

describeSubscriptions({
  service: 'finance',
  app: () => world.app,
  samples: {
    [assignmentFundingRequested.subject]: ofAssignment('unknown', (it) => ({
      message: it.fundingRequested(4),
      stale: [it.fundingRequested(2, '2027-06-01')],
    })),
    [assignmentConfirmed.subject]: ofAssignment('unknown', (it) => ({
      message: it.confirmed(3),
      earlier: [it.fundingRequested(2)],
    })),
    [assignmentDeparted.subject]: ofAssignment('covered', (it) => ({
      message: it.departed(5),
      earlier: [it.confirmed(3)],
    })),
    [assignmentCancelled.subject]: ofAssignment('unknown', (it) => ({
      message: it.cancelled(3),
      earlier: [it.fundingRequested(2)],
    })),
    [assignmentCompleted.subject]: ofAssignment('confirmed', (it) => ({
      message: it.completed(9),
      earlier: [it.departed(5)],
    })),
    [assignmentExtensionRequested.subject]: ofAssignment('departed', (it) => ({
      message: it.extensionRequested('2028-06-01', 8),
      stale: [it.extensionRequested('2028-09-01', 7)],
    })),
    [assignmentShareChangeRequested.subject]: ofAssignment('departed', (it) => ({
      message: it.shareChangeRequested('2027-06-01', 50, 8),
      stale: [it.shareChangeRequested('2027-03-01', 80, 7)],
    })),
    [assignmentInterrupted.subject]: ofAssignment('departed', (it) => ({
      message: it.interrupted('2027-01-02', 6),
      stale: [it.departed(5)],
    })),
    [assignmentResumed.subject]: ofAssignment('departed', (it) => ({
      message: it.resumed('2027-02-01', '2027-07-01', 7),
      earlier: [it.interrupted('2027-02-01', 6)],
    })),
    [assignmentEndedEarly.subject]: ofAssignment('departed', (it) => ({
      message: it.endedEarly('2027-05-01', 8),
      earlier: [it.interrupted('2027-02-01', 6)],
    })),
    [reportAccepted.subject]: acceptedReports,
    [municipalityRecorded.subject]: municipality,
    [eventPublished.subject]: published,
  },
});
