import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import type { EligibilityCheck } from '#contracts/partnership';
import { type ExpertRequestView, submitExpertRequest } from '#contracts/staffing';
import type { Act } from '#messaging';
import { type Call, Clock } from '#platform';
import { ineligible, isCleared } from '../eligibility/eligibility-check';
import { EligibilityService } from '../eligibility/eligibility.service';
import { act } from './expert-request.act';
import { type ExpertRequest, isReadyToSubmit } from './expert-request.entity';
import { submittedMessage } from './expert-request.messages';
import { ExpertRequestReader } from './expert-request.reader';
import { SignatureStore } from './signature.rows';

/** Submission: eligibility is asked for before the transaction, since nothing in one may await the network. */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly clock: Clock,
    private readonly eligibility: EligibilityService,
    private readonly reader: ExpertRequestReader,
    private readonly signatures: SignatureStore,
  ) {}

  @act(submitExpertRequest, {
    outside: (self: SubmissionService, request, call) => self.check(request, call),
    possible: (request) => request.assertCanBecome('SUBMITTED'),
    message: submittedMessage,
  })
  async submit(
    request: ExpertRequest,
    _: RequestOf<typeof submitExpertRequest>,
    { tx, outside: check }: Act<EligibilityCheck | undefined>,
  ): Promise<void> {
    const signatures = await this.signatures.of(tx, request.id);
    request.submit({ signatures, check, at: this.clock.now() });
  }

  view({ id }: ExpertRequest, { tx, call }: Act<unknown>): Promise<ExpertRequestView> {
    return this.reader.within(tx, id, call);
  }

  /**
   * None when the submission is going to be refused, or answered from its idempotency key: then no evidence is needed. Should
   * the request change in between, its version refuses the submission.
   */
  private async check(
    { expertRequestId, ...override }: RequestOf<typeof submitExpertRequest>,
    call: Call,
  ): Promise<EligibilityCheck | undefined> {
    const request = await this.reader.get({ expertRequestId }, call);
    if (request.version !== call.expectedVersion || !isReadyToSubmit(request)) return undefined;
    const { partnershipIds, placeOfWorkMunicipalityId } = request;
    const question = { step: 'SUBMISSION' as const, partnershipIds, placeOfWorkMunicipalityId, ...override };
    const check = await this.eligibility.check(question, call);
    if (!isCleared(check)) throw ineligible('STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE', check);
    return check;
  }
}
