import type { RequestInputOf, RequestOf } from '#contracts';
import { checkEligibility, type EligibilityCheck } from '#contracts/partnership';
import {
  type AssignmentView,
  confirmAssignment,
  createExpert,
  decideOnAssignment,
  type ExpertRequestStatus,
  type ExpertView,
  planAssignment,
  departAssignment,
  getAssignment,
} from '#contracts/staffing';
import { type CostInputs, fundCoverGranted, type Instrument } from '#contracts/finance';
import { newId } from '#platform';
import { caller, type TestCaller, type TestService } from '#testing';
import { deliver, type Partnership, partnership, partnershipMessage } from './municipal.factory';

/** A moment at which the assignments of the factories may have departed and are not over. */
export const UNDER_WAY = '2027-12-01T08:00:00Z';

export const officer = caller('programme-officer');
export const adviser = caller('adviser');
export const recruiter = caller('recruiter');

export const germanUser = ({ german }: Partnership): TestCaller =>
  caller('municipality-de', { subject: `de-${german}`, municipalityId: german });
export const partnerUser = ({ partner }: Partnership): TestCaller =>
  caller('municipality-partner', { subject: `partner-${partner}`, municipalityId: partner });

const answering = new WeakSet<TestService>();

/** A partnership that staffing has heard of, and that the partnership service calls eligible unless a test says otherwise. */
export async function knownPartnership(app: TestService, overrides: Partial<Partnership> = {}): Promise<Partnership> {
  if (!answering.has(app)) {
    answering.add(app);
    await app.answer(checkEligibility, (question) => eligibility(question));
  }
  const made = partnership(overrides);
  await deliver(app, partnershipMessage(made));
  return made;
}

/** What the partnership service finds; all is well unless rules are said to be unmet. */
export function eligibility(
  { step, partnershipIds, overrideReason, overrideReference }: RequestOf<typeof checkEligibility>,
  unmet: EligibilityCheck['unmet'] = [],
): EligibilityCheck {
  const isOverridden = unmet.length > 0 && overrideReason !== undefined;
  return {
    step,
    on: '2026-11-27',
    isEligible: unmet.length === 0,
    evaluations: partnershipIds.map((partnershipId) => ({ partnershipId, evaluationId: newId() })),
    unmet,
    override: isOverridden
      ? { reason: overrideReason, reference: overrideReference ?? null, by: officer.subject }
      : null,
  };
}

/** A request in a given state, as if it had come all the way; the way itself is tested beside the feature. */
export async function requestIn(
  app: TestService,
  status: ExpertRequestStatus,
  its: { partnership: Partnership; instrument?: Instrument; numberOfExperts?: number },
): Promise<string> {
  const id = newId();
  const evidence = JSON.stringify([{ partnershipId: its.partnership.id, evaluationId: newId() }]);
  await app.database.query(
    `INSERT INTO expert_request (id, version, status, partnership_ids, title, situation, goal, tasks, fields_of_action,
       desired_from, desired_to, number_of_experts, place_of_work_municipality_id, eligibility, instrument, created_by, created_at, submitted_at)
     VALUES ($1, 1, $2, ARRAY[$3::uuid], 'Waste', 'Situation', 'Goal', 'Tasks', '[{"key":"waste_management","percent":100}]',
       '2027-01-01', '2029-01-01', $7, $4, $5, $6, 'applicant', now(), now())`,
    [
      id,
      status,
      its.partnership.id,
      its.partnership.partner,
      evidence,
      its.instrument ?? null,
      its.numberOfExperts ?? null,
    ],
  );
  return id;
}

export function expert(
  overrides: Partial<RequestInputOf<typeof createExpert>> = {},
): RequestInputOf<typeof createExpert> {
  return {
    languages: [{ language: 'sw', level: 'B2' }],
    fieldsOfAction: ['waste_management'],
    qualifications: ['Umweltingenieurin, M.Sc.'],
    citizenships: ['DE'],
    residenceCountry: 'DE',
    person: { givenNames: 'Maren', familyName: 'Probe', birthDate: '1988-03-02', email: `${newId()}@example.org` },
    ...overrides,
  };
}

export function knownExpert(
  app: TestService,
  overrides: Partial<RequestInputOf<typeof createExpert>> = {},
): Promise<ExpertView> {
  return app.rpc(createExpert, expert(overrides), recruiter);
}

export const developmentWorker: CostInputs = {
  instrument: 'DEVELOPMENT_WORKER',
  costOfLivingPercent: '0',
  hasSpouse: false,
  children: 0,
};

/** Everything an assignment of a development worker stands on. */
export async function assignmentGround(
  app: TestService,
  numberOfExperts?: number,
): Promise<{
  partnership: Partnership;
  plan: RequestInputOf<typeof planAssignment>;
}> {
  const partnership = await knownPartnership(app);
  const expertRequestId = await requestIn(app, 'SELECTED', {
    partnership,
    instrument: 'DEVELOPMENT_WORKER',
    numberOfExperts,
  });
  const { id: expertId } = await knownExpert(app);
  return {
    partnership,
    plan: {
      expertRequestId,
      expertId,
      employerMunicipalityId: partnership.partner,
      fundId: newId(),
      period: { from: '2027-01-01', to: '2029-01-01' },
      fullTimePercent: 100,
      costInputs: developmentWorker,
    },
  };
}

/** An assignment that the employer has accepted. */
export async function acceptedAssignment(
  app: TestService,
  ground: { partnership: Partnership; plan: RequestInputOf<typeof planAssignment> },
): Promise<AssignmentView> {
  const planned = await app.rpc(planAssignment, ground.plan, officer);
  return app.rpc(
    decideOnAssignment,
    { assignmentId: planned.id, outcome: 'ACCEPTED' },
    partnerUser(ground.partnership),
    { expectedVersion: planned.version },
  );
}

/** An assignment whose cover has been asked for. */
export async function requestedAssignment(
  app: TestService,
  ground: { partnership: Partnership; plan: RequestInputOf<typeof planAssignment> },
): Promise<AssignmentView> {
  const accepted = await acceptedAssignment(app, ground);
  return app.rpc(confirmAssignment, { assignmentId: accepted.id }, officer, {
    expectedVersion: accepted.version,
    idempotencyKey: newId(),
  });
}

/** An assignment that serves since its first day. */
export async function activeAssignment(
  app: TestService,
  ground: { partnership: Partnership; plan: RequestInputOf<typeof planAssignment> },
): Promise<AssignmentView> {
  const { id, version, fundId } = await requestedAssignment(app, ground);
  const total = { amount: '1000.00', currency: 'EUR' };
  const data = { assignmentId: id, commitmentId: newId(), fundId, total, byYear: [] };
  await deliver(app, fundCoverGranted.of({ aggregateId: id, aggregateVersion: version, data }));
  const confirmed = await app.rpc(getAssignment, { assignmentId: id }, officer);
  const at = { expectedVersion: confirmed.version, idempotencyKey: newId() };
  return app.rpc(departAssignment, { assignmentId: id, departedOn: '2027-01-01' }, officer, at);
}
