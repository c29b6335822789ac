import { boundedText, type Scope } from '#contracts';
import {
  type EligibilityCheck,
  type EligibilityEvaluationView,
  type EligibilityStep,
  type RuleOutcome,
  UNMET_RULES_SHOWN,
} from '#contracts/partnership';
import type { EligibilityEvaluation } from './eligibility-evaluation.entity';

export function evaluationView(evaluation: EligibilityEvaluation, scope: Scope): EligibilityEvaluationView {
  const { id, version, partnershipId, partnershipVersion, evaluatedFor, isEligible } = evaluation;
  const { ruleSet, outcomes, step, evaluatedBy, evaluatedAt } = evaluation;
  return {
    id,
    version,
    partnershipId,
    partnershipVersion,
    on: evaluatedFor,
    isEligible,
    ruleSet,
    rules: outcomes,
    step,
    override: overrideView(evaluation, scope),
    evaluatedBy,
    evaluatedAt: evaluatedAt.toISOString(),
  };
}

/** The verdict on all partnerships that ask together: one that is not eligible stops all. */
export function checkView(
  evaluations: readonly EligibilityEvaluation[],
  { step, on }: { step: EligibilityStep; on: string },
): EligibilityCheck {
  const overridden = evaluations.find(({ overriddenBy }) => overriddenBy !== null);
  return {
    step,
    on,
    isEligible: evaluations.every(({ isEligible }) => isEligible),
    evaluations: evaluations.map(({ partnershipId, id }) => ({ partnershipId, evaluationId: id })),
    unmet: unmetRules(evaluations).slice(0, UNMET_RULES_SHOWN),
    override: overridden ? overrideView(overridden, 'any') : null,
  };
}

/** Place of work and employer are the same for all that ask together, and so are their verdicts: said once. */
function unmetRules(evaluations: readonly EligibilityEvaluation[]): EligibilityCheck['unmet'] {
  return evaluations.flatMap(({ partnershipId, outcomes }, index) =>
    outcomes.flatMap(({ rule, verdict, input }) => {
      if (verdict === 'MET' || verdict === 'NOT_APPLICABLE') return [];
      if (index > 0 && (rule === 'place-of-work' || rule === 'employer')) return [];
      return [{ partnershipId, rule, verdict, facts: factsText(input) }];
    }),
  );
}

function factsText(input: RuleOutcome['input']): string {
  const facts = Object.entries(input).filter(([, value]) => value !== null);
  const written = facts.map(([name, value]) => `${name} ${Array.isArray(value) ? value.join('; ') || 'none' : value}`);
  return boundedText(written.join(', '), 300);
}

/** The reason is the fund's own deliberation. */
function overrideView(evaluation: EligibilityEvaluation, scope: Scope): EligibilityEvaluationView['override'] {
  const { overriddenBy: by, overrideReason: reason, overrideReference: reference } = evaluation;
  if (by === null) return null;
  return scope === 'own' ? { reason: null, reference: null, by } : { reason, reference, by };
}
