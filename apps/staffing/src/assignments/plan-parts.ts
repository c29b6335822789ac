import { isDeepStrictEqual } from 'node:util';
import { AppError, type Period } from '#contracts';
import type { PlanPart, ShareChange } from '#contracts/staffing';
import { type CostInputs, type CostTerms, withTerms } from '#contracts/finance';

/** What may be planned anew while no money is bound. */
export interface AssignmentPlan {
  readonly fundId: string;
  readonly period: Period;
  readonly fullTimePercent: number;
  readonly costInputs: CostInputs;
}

/** An assignment that was never planned before, and who plans it. */
export interface NewAssignment {
  readonly id: string;
  readonly expertRequestId: string;
  readonly partnershipIds: string[];
  readonly expertId: string;
  readonly employerMunicipalityId: string;
  readonly plan: AssignmentPlan;
  readonly by: string;
  readonly at: Date;
}

/** What an employer that accepted the one plan has not accepted of the other (docs/domain.md#employers-decision). */
export function changedParts(before: AssignmentPlan, after: AssignmentPlan): PlanPart[] {
  const changed: Record<PlanPart, boolean> = {
    PERIOD: before.period.from !== after.period.from || before.period.to !== after.period.to,
    SHARE: before.fullTimePercent !== after.fullTimePercent,
    PAY: !isDeepStrictEqual(before.costInputs, after.costInputs),
  };
  return (Object.keys(changed) as PlanPart[]).filter((part) => changed[part]);
}

/** The share of full time on a day, with the share of the first day and what changed since. */
export function shareOn(firstPercent: number, changes: readonly ShareChange[], day: string): number {
  return changes.findLast((it) => it.from <= day)?.fullTimePercent ?? firstPercent;
}

/** A share holds to the end: what was agreed for later days falls. */
export function withShare(changes: readonly ShareChange[], change: ShareChange): ShareChange[] {
  return [...changes.filter((it) => it.from < change.from), change];
}

/** Terms that the instrument does not have, or a pay in another currency than was agreed; each is named. */
export function refuseTerms(inputs: CostInputs, terms: CostTerms): void {
  if (withTerms(inputs, terms)) return;
  const code = 'STAFFING_ASSIGNMENT_TERMS_NOT_ALLOWED';
  const refused = Object.entries(terms).filter(([name, value]) => !withTerms(inputs, { [name]: value }));
  const errors = refused.map(([name]) => ({ pointer: `#/terms/${name}`, code, detail: 'not of this contract' }));
  throw new AppError(code, { instrument: inputs.instrument }, { errors });
}
