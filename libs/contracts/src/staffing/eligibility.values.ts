import { z } from 'zod';
import { EligibilityCheck, JOINT_PARTNERSHIPS_MAX } from '../partnership/eligibility.operations';
import { Id } from '../values';

/** Checks of eligibility that one answer shows: the latest; the evidence of all stays with the partnership service. */
export const ELIGIBILITY_CHECKS_SHOWN = 2;

export const EligibilityChecks = z
  .array(EligibilityCheck)
  .max(ELIGIBILITY_CHECKS_SHOWN)
  .meta({
    description: `What was found at each step that asked, the latest ${ELIGIBILITY_CHECKS_SHOWN}. The reason of an override is for the fund's own people`,
  });

export const SubmissionEvidence = z
  .array(
    z.strictObject({
      partnershipId: Id,
      evaluationId: Id.meta({ description: 'Evaluation stored by the partnership service as evidence' }),
    }),
  )
  .max(JOINT_PARTNERSHIPS_MAX)
  .meta({ description: 'One evaluation per partnership, taken at submission' });

/** Refusals of what asks for eligibility again. */
export const ELIGIBILITY_ERRORS = ['STAFFING_ELIGIBILITY_NOT_ASKED', 'PARTNERSHIP_ELIGIBILITY_RULES_MISSING'] as const;
