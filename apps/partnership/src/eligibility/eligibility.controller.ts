import { Controller } from '@nestjs/common';
import {
  evaluateEligibility,
  getEligibilityEvaluation,
  previewEligibility,
  type ReplyOf,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { EligibilityService } from './eligibility.service';

@Controller()
export class EligibilityController {
  constructor(private readonly eligibility: EligibilityService) {}

  @Handle(previewEligibility)
  preview(
    { partnershipId, on }: RequestOf<typeof previewEligibility>,
    call: Call,
  ): Promise<ReplyOf<typeof previewEligibility>> {
    return this.eligibility.preview(partnershipId, on, call);
  }

  @Handle(evaluateEligibility)
  record(
    { partnershipId, on }: RequestOf<typeof evaluateEligibility>,
    call: Call,
  ): Promise<ReplyOf<typeof evaluateEligibility>> {
    return this.eligibility.record(partnershipId, on, call);
  }

  @Handle(getEligibilityEvaluation)
  get(
    { evaluationId }: RequestOf<typeof getEligibilityEvaluation>,
    call: Call,
  ): Promise<ReplyOf<typeof getEligibilityEvaluation>> {
    return this.eligibility.getEvaluation(evaluationId, call);
  }
}
