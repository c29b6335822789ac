import assert from 'node:assert/strict';
import { AppError, type ErrorCode, type Scope } from '#contracts';
import type { EligibilityCheck } from '#contracts/partnership';
import { ELIGIBILITY_CHECKS_SHOWN } from '#contracts/staffing';

/** Checks that are kept with an object; the evidence of all stays with the partnership service. */
const CHECKS_KEPT = 20;

/** How the fund's cover is refused without asking it; the rules that are not met stand in the check. */
export const NOT_ELIGIBLE = { reason: 'NOT_ELIGIBLE', shortfalls: [] };

/** Whether a step may be taken: every rule is met, or a programme officer goes on in spite of it. */
export function isCleared(check: EligibilityCheck | undefined): boolean {
  return check !== undefined && (check.isEligible || check.override !== null);
}

/** A step that needs a check and has none is a fault of ours: it is never taken on trust. */
export function withCheck(
  checks: readonly EligibilityCheck[],
  check: EligibilityCheck | undefined,
): EligibilityCheck[] {
  assert(check, 'a step was to be taken without asking for eligibility');
  return [...checks, check].slice(-CHECKS_KEPT);
}

/** The latest checks as a caller sees them: why an officer went on is the fund's own deliberation. */
export function shownChecks(checks: readonly EligibilityCheck[], scope: Scope): EligibilityCheck[] {
  return checks.slice(-ELIGIBILITY_CHECKS_SHOWN).map((check) => {
    if (scope === 'any' || check.override === null) return check;
    return { ...check, override: { reason: null, reference: null, by: check.override.by } };
  });
}

const POINTERS = { 'place-of-work': '#/placeOfWorkMunicipalityId', employer: '#/employerMunicipalityId' } as const;

/** Names each rule that is not met, what it looked at, and where the evidence stands. */
export function ineligible(code: ErrorCode, { unmet, evaluations }: EligibilityCheck): AppError {
  const failed = evaluations.filter(({ partnershipId }) => unmet.some((it) => it.partnershipId === partnershipId));
  const errors = unmet.map(({ partnershipId, rule, verdict, facts }) => {
    const index = evaluations.findIndex((it) => it.partnershipId === partnershipId);
    const pointer = rule in POINTERS ? POINTERS[rule as keyof typeof POINTERS] : `#/partnershipIds/${index}`;
    return { pointer, code, detail: `${rule}: ${verdict} (${facts})` };
  });
  return new AppError(
    code,
    {
      partnershipIds: failed.map(({ partnershipId }) => partnershipId),
      evaluationIds: failed.map(({ evaluationId }) => evaluationId),
    },
    { errors },
  );
}
