import { Injectable } from '@nestjs/common';
import { AppError, type FieldError, type RequestOf } from '#contracts';
import { type EligibilityEvaluationView, evaluateEligibility } from '#contracts/partnership';
import { type ExpertRequestView, submitExpertRequest } from '#contracts/staffing';
import type { Act } from '#messaging';
import { type Call, Clock, RpcClient } from '#platform';
import { act } from './expert-request.act';
import { type EligibilityEvidence, type ExpertRequest, isReadyToSubmit } from './expert-request.entity';
import { submittedMessage } from './expert-request.messages';
import { ExpertRequestReader } from './expert-request.reader';
import { SignatureStore } from './signature.rows';

/** Submission: eligibility is asked for before the transaction, since nothing in one may await the network. */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly clock: Clock,
    private readonly rpc: RpcClient,
    private readonly reader: ExpertRequestReader,
    private readonly signatures: SignatureStore,
  ) {}

  @act(submitExpertRequest, {
    outside: (self: SubmissionService, request, call) => self.evidence(request, call),
    possible: (request) => request.assertCanBecome('SUBMITTED'),
    message: submittedMessage,
  })
  async submit(
    request: ExpertRequest,
    _: RequestOf<typeof submitExpertRequest>,
    { tx, outside: evidence }: Act<EligibilityEvidence[]>,
  ): Promise<void> {
    const signatures = await this.signatures.of(tx, request.id);
    request.submit({ signatures, evidence, at: this.clock.now() });
  }

  view({ id }: ExpertRequest, { tx, call }: Act<unknown>): Promise<ExpertRequestView> {
    return this.reader.within(tx, id, call);
  }

  /**
   * Empty when the submission is going to be refused, or answered from its idempotency key: then no evidence is needed. Should
   * the request change in between, its version refuses the submission.
   */
  private async evidence({ expertRequestId }: { expertRequestId: string }, call: Call): Promise<EligibilityEvidence[]> {
    const request = await this.reader.get({ expertRequestId }, call);
    if (request.version !== call.expectedVersion || !isReadyToSubmit(request)) return [];
    // Not the caller's idempotency key: it names this submission, not the evaluation of each partnership.
    const { token, correlationId, deadlineAt, traceparent } = call;
    const evaluations = await Promise.all(
      request.partnershipIds.map((partnershipId) =>
        this.rpc.call(evaluateEligibility, { partnershipId }, { token, correlationId, deadlineAt, traceparent }),
      ),
    );
    refuseIneligible(evaluations);
    return evaluations.map(({ partnershipId, id }) => ({ partnershipId, evaluationId: id }));
  }
}

function refuseIneligible(evaluations: readonly EligibilityEvaluationView[]): void {
  const errors: FieldError[] = evaluations.flatMap((evaluation, index) =>
    evaluation.rules
      .filter((outcome) => outcome.verdict === 'NOT_MET' || outcome.verdict === 'UNDETERMINED')
      .map((outcome) => ({
        pointer: `#/partnershipIds/${index}`,
        code: 'STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE',
        detail: `${outcome.rule}: ${outcome.verdict} (${outcome.source})`,
      })),
  );
  if (evaluations.every((evaluation) => evaluation.isEligible)) return;
  const failed = evaluations.filter((evaluation) => !evaluation.isEligible);
  throw new AppError(
    'STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE',
    {
      partnershipIds: failed.map((evaluation) => evaluation.partnershipId),
      evaluationIds: failed.map((evaluation) => evaluation.id),
    },
    { errors },
  );
}
