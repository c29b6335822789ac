import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import type { EligibilityCheck } from '#contracts/partnership';
import type {
  changeAssignmentShare,
  changeAssignmentTerms,
  confirmAssignment,
  extendAssignment,
  planAssignment,
} from '#contracts/staffing';
import { Database } from '#database';
import type { Call } from '#platform';
import { ineligible, isCleared } from '../eligibility/eligibility-check';
import { EligibilityService } from '../eligibility/eligibility.service';
import { placeOfSelectedRequest } from '../expert-requests/selected-request.reader';
import { Assignment } from './assignment.entity';

type Override = Pick<RequestOf<typeof confirmAssignment>, 'overrideReason' | 'overrideReference'>;
/** What asks the fund for money. */
type CoverRequest = RequestOf<
  typeof confirmAssignment | typeof extendAssignment | typeof changeAssignmentShare | typeof changeAssignmentTerms
>;

/** Asks again for the eligibility of those for whom an expert is planned and paid. */
@Injectable()
export class AssignmentEligibilityService {
  constructor(
    private readonly database: Database,
    private readonly eligibility: EligibilityService,
  ) {}

  /**
   * Refuses an employer who may not be one, as soon as it is named. Everything else is asked when money is asked for. None for a
   * request that is not selected: the plan is going to be refused.
   */
  async ofPlan(request: RequestOf<typeof planAssignment>, call: Call): Promise<EligibilityCheck | undefined> {
    const { expertRequestId, employerMunicipalityId } = request;
    const asked = await placeOfSelectedRequest(this.database, expertRequestId);
    if (!asked) return undefined;
    const question = { step: 'PLAN' as const, ...asked, employerMunicipalityId, ...overrideOf(request) };
    const check = await this.eligibility.check(question, call);
    const isRefused = check.unmet.some(({ rule }) => rule === 'employer') && !isCleared(check);
    if (isRefused) throw ineligible('STAFFING_ASSIGNMENT_EMPLOYER_NOT_ELIGIBLE', check);
    return check;
  }

  /** None when the fund is not going to be asked: the state or the version refuses, or the idempotency key answers. */
  async ofCover(
    request: CoverRequest,
    call: Call,
    by: { step: 'COVER' | 'EXTENSION' | 'SHARE_CHANGE'; assertPossible: (assignment: Assignment) => void },
  ): Promise<EligibilityCheck | undefined> {
    const assignment = await this.database.findOrFail(Assignment, request.assignmentId);
    if (assignment.version !== call.expectedVersion) return undefined;
    by.assertPossible(assignment);
    const { partnershipIds, employerMunicipalityId, expertRequestId } = assignment;
    const asked = await placeOfSelectedRequest(this.database, expertRequestId);
    assert(asked, 'an assignment without its request');
    return this.eligibility.check(
      {
        step: by.step,
        partnershipIds,
        placeOfWorkMunicipalityId: asked.placeOfWorkMunicipalityId,
        employerMunicipalityId,
        ...overrideOf(request),
      },
      call,
    );
  }
}

function overrideOf({ overrideReason, overrideReference }: Override): Override {
  return { overrideReason, overrideReference };
}
