import type { Message, OutgoingMessage } from '#contracts';
import { attendanceRecorded } from '#contracts/events';
import {
  commitmentRecorded,
  fundCoverExpired,
  fundCoverExtended,
  fundCoverGranted,
  fundCoverRefused,
  payoutBooked,
  payoutReopened,
  payoutReturned,
} from '#contracts/finance';
import type { MunicipalityView } from '#contracts/partnership';
import {
  assignmentCancelled,
  assignmentCompleted,
  assignmentConfirmed,
  assignmentDecisionLapsed,
  assignmentDeparted,
  assignmentDepartureCorrected,
  assignmentEndedEarly,
  assignmentExtensionRequested,
  assignmentFundingRequested,
  assignmentInterrupted,
  assignmentResumed,
  assignmentShareChangeRequested,
  expertRequestSelected,
  expertRequestSubmitted,
  reportAccepted,
} from '#contracts/staffing';
import { newId } from '#platform';
import { describeSubscriptions, type SampleFactory, type TestService } from '#testing';
import { AssignmentCopyReader } from '../src/assignments/assignment-copy.reader';
import { propose, recordGerman, recordPartner, startPartnership } from './partnership.factory';

let app: TestService;
let german: MunicipalityView;
beforeAll(async () => {
  app = await startPartnership();
  german = await recordGerman(app);
}, 60_000);
afterAll(() => app?.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** What staffing and finance tell of one assignment; its version grows with each. */
class Told {
  private readonly assignmentId = newId();
  private readonly commitmentId = newId();
  private readonly payoutId = newId();
  private readonly others = { partnershipIds: [newId()], employerMunicipalityId: newId(), expertId: newId() };

  confirmed = this.step(assignmentConfirmed, 3);
  departed = this.step(assignmentDeparted, 4);
  corrected = this.step(assignmentDepartureCorrected, 5, { departedOn: '2027-01-12' });
  interrupted = this.step(assignmentInterrupted, 6);
  resumed = this.step(assignmentResumed, 7);
  completed = this.step(assignmentCompleted, 8);
  endedEarly = this.step(assignmentEndedEarly, 8, { endedOn: '2027-08-01' });
  cancelled = this.step(assignmentCancelled, 4);

  recorded = (version: number, amount: string): OutgoingMessage =>
    commitmentRecorded.of({
      aggregateId: this.commitmentId,
      aggregateVersion: version,
      data: {
        assignmentId: this.assignmentId,
        commitmentId: this.commitmentId,
        fundId: newId(),
        status: 'COMMITTED',
        period: { from: '2027-01-01', to: '2028-07-01' },
        byYear: [{ year: 2027, amount: eur(amount) }],
      },
    });

  payout = (declaration: Message, version: number, status: string): OutgoingMessage => {
    const data = declaration.data.parse({
      ...{ payoutId: this.payoutId, commitmentId: this.commitmentId, assignmentId: this.assignmentId, fundId: newId() },
      ...{
        payeeId: newId(),
        amount: eur('500.00'),
        budgetYear: 2027,
        dueOn: '2027-02-01',
        status,
        costCategory: 'PERSONAL',
      },
      ...{ instalment: 1, paymentRunId: newId(), endToEndId: 'E', bookedOn: '2027-02-03', returned: eur('495.00') },
      ...{ returnedOn: '2027-02-08', reason: 'AC04' },
    });
    return declaration.of({ aggregateId: this.payoutId, aggregateVersion: version, data });
  };

  /** Without the ids, which differ from one sample to the next. */
  effect = async () => {
    const it = await app.app.get(AssignmentCopyReader, { strict: false }).find(app.database, this.assignmentId);
    if (!it) return null;
    const { status, confirmedOn, departedOn, endedOn, from, to, instrument, bound } = it;
    const paid = it.paid.map(({ on, minor }) => [on, minor.toString()]);
    return { status, confirmedOn, departedOn, endedOn, from, to, instrument, bound, paid };
  };

  private step(declaration: Message, aggregateVersion: number, changes: object = {}): OutgoingMessage {
    const data = declaration.data.parse({
      ...{ assignmentId: this.assignmentId, ...this.others, instrument: 'INTEGRATED_EXPERT' },
      ...{ period: { from: '2027-01-01', to: '2028-01-01' }, departedOn: '2027-01-10', endedOn: '2028-01-01' },
      ...{ interruptedOn: '2027-04-01', resumedOn: '2027-05-01', reason: 'PERSONAL', attributableToExpert: false },
      ...changes,
    });
    return declaration.of({ aggregateId: this.assignmentId, aggregateVersion, data });
  }
}

/** What staffing, finance and events tell of one partnership. */
class History {
  private readonly ids = {
    ...{ assignmentId: newId(), commitmentId: newId(), fundId: newId(), expertRequestId: newId(), reportId: newId() },
    ...{
      eligibilityEvaluationId: newId(),
      expertId: newId(),
      employerMunicipalityId: newId(),
      registrationId: newId(),
    },
  };
  private readonly partnershipId = newId();
  private version = 0;

  constructor(
    private readonly municipalityId = newId(),
    partnershipId?: string,
  ) {
    this.partnershipId = partnershipId ?? this.partnershipId;
  }

  tell(declaration: Message, aggregateId = this.ids.assignmentId): OutgoingMessage {
    this.version += 1;
    const data = declaration.data.parse({
      ...{ ...this.ids, partnershipIds: [this.partnershipId], eventId: newId(), municipalityId: this.municipalityId },
      ...{ instrument: 'LOCAL_EXPERT', period: { from: '2027-01-01', to: '2028-01-01' }, fullTimePercent: 100 },
      ...{
        costInputs: { instrument: 'LOCAL_EXPERT', salaryMonth: eur('900.00') },
        changed: ['PERIOD'],
        from: '2027-05-01',
        kind: 'START',
        sequence: 1,
      },
      ...{ acceptedOn: '2027-03-04', total: eur('1.00'), byYear: [], shortfalls: [], reason: 'INSUFFICIENT_FUNDS' },
    });
    return declaration.of({ aggregateId, aggregateVersion: this.version, data });
  }

  effect = () =>
    app.database.query('SELECT kind, source, happened_on, details FROM partnership_timeline($1) ORDER BY kind', [
      this.partnershipId,
    ]);
}

/** What names its partnership comes first or last: what does not is found by it. */
const told =
  (declaration: Message): SampleFactory =>
  () => {
    const history = new History();
    const earlier = [history.tell(assignmentFundingRequested)];
    if (declaration === assignmentFundingRequested) earlier.push(history.tell(expertRequestSelected, newId()));
    return Promise.resolve({ message: history.tell(declaration), earlier, effect: history.effect });
  };

/** Found by the town that came. */
async function attended(): ReturnType<SampleFactory> {
  const partner = await recordPartner(app, { names: { official: `Moshi ${newId()}` } });
  const { id } = await propose(app, { german, partner });
  const history = new History(partner.id, id);
  const earlier = [history.tell(assignmentFundingRequested)];
  return { message: history.tell(attendanceRecorded), earlier, effect: history.effect };
}

type Sample = (told: Told) => { message: OutgoingMessage; earlier?: OutgoingMessage[]; stale?: OutgoingMessage[] };
const of =
  (sample: Sample): SampleFactory =>
  () => {
    const told = new Told();
    return Promise.resolve({ ...sample(told), effect: told.effect });
  };

describeSubscriptions({
  service: 'partnership',
  app: () => app,
  samples: {
    ...Object.fromEntries(
      [
        ...[expertRequestSubmitted, expertRequestSelected, assignmentFundingRequested, assignmentDecisionLapsed],
        ...[assignmentExtensionRequested, assignmentShareChangeRequested, reportAccepted],
        ...[fundCoverGranted, fundCoverRefused, fundCoverExpired, fundCoverExtended],
      ].map((declaration) => [declaration.subject, told(declaration)]),
    ),
    [attendanceRecorded.subject]: attended,
    [assignmentConfirmed.subject]: of((it) => ({ message: it.confirmed, stale: [it.confirmed] })),
    [assignmentDeparted.subject]: of((it) => ({ message: it.departed, earlier: [it.confirmed] })),
    [assignmentDepartureCorrected.subject]: of((it) => ({
      message: it.corrected,
      earlier: [it.confirmed, it.departed],
    })),
    [assignmentCancelled.subject]: of((it) => ({ message: it.cancelled, earlier: [it.confirmed] })),
    [assignmentInterrupted.subject]: of((it) => ({ message: it.interrupted, earlier: [it.confirmed, it.departed] })),
    [assignmentResumed.subject]: of((it) => ({
      message: it.resumed,
      earlier: [it.confirmed, it.departed, it.interrupted],
    })),
    [assignmentCompleted.subject]: of((it) => ({ message: it.completed, earlier: [it.confirmed, it.departed] })),
    [assignmentEndedEarly.subject]: of((it) => ({ message: it.endedEarly, earlier: [it.confirmed, it.departed] })),
    [commitmentRecorded.subject]: of((it) => ({
      message: it.recorded(4, '1000.00'),
      earlier: [it.confirmed, it.recorded(3, '900.00')],
      stale: [it.recorded(2, '800.00')],
    })),
    [payoutBooked.subject]: of((it) => ({
      message: it.payout(payoutBooked, 8, 'BOOKED'),
      earlier: [it.confirmed],
      stale: [it.payout(payoutReopened, 7, 'SENT')],
    })),
    [payoutReturned.subject]: of((it) => ({
      message: it.payout(payoutReturned, 9, 'RETURNED'),
      earlier: [it.confirmed, it.payout(payoutBooked, 8, 'BOOKED')],
    })),
    [payoutReopened.subject]: of((it) => ({
      message: it.payout(payoutReopened, 9, 'SENT'),
      earlier: [it.confirmed, it.payout(payoutBooked, 8, 'BOOKED')],
    })),
  },
});
