import type { EligibilityEvaluationView } from '#contracts/partnership';
import type { EligibilityEvaluation } from './eligibility-evaluation.entity';

export function evaluationView(evaluation: EligibilityEvaluation): EligibilityEvaluationView {
  const {
    id,
    version,
    partnershipId,
    partnershipVersion,
    evaluatedFor,
    isEligible,
    ruleSet,
    outcomes,
    evaluatedBy,
    evaluatedAt,
  } = evaluation;
  return {
    id,
    version,
    partnershipId,
    partnershipVersion,
    on: evaluatedFor,
    isEligible,
    ruleSet,
    rules: outcomes,
    evaluatedBy,
    evaluatedAt: evaluatedAt.toISOString(),
  };
}
