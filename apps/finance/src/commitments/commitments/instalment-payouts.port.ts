import type { CostPlanView } from '#contracts/finance';
import type { Tx } from '#database';
import type { Cancelled } from '../cost-plans/replan';

export type Instalment = CostPlanView['instalments'][number];

/** Whose commitment the payouts belong to. */
export interface PlannedCommitment {
  readonly id: string;
  readonly assignmentId: string;
  readonly fundId: string;
  readonly currency: string;
  readonly expertId: string;
  readonly employerMunicipalityId: string;
}

export interface PayoutsOfPlan {
  readonly ordered: Instalment[];
  readonly open: Instalment[];
  /** What persons cancelled or gave back to the budget. */
  readonly cancelled: Cancelled[];
  readonly lastInstalment: number;
}

/** What commitments need of the payouts that are made of their plans. Payments stand a storey above and provide it. */
export abstract class InstalmentPayouts {
  /** Makes one payout per instalment, once; those due by today become DUE or BLOCKED at once. */
  abstract createFromPlan(tx: Tx, commitment: PlannedCommitment, plan: CostPlanView): Promise<void>;

  /** Makes the payouts those of the plan: what it does not have is cancelled, what is new in it is planned. */
  abstract follow(tx: Tx, commitment: PlannedCommitment, plan: CostPlanView): Promise<void>;

  /** The payouts of a commitment as instalments, locked until commit; undefined while there are none. */
  abstract lock(tx: Tx, commitmentId: string): Promise<PayoutsOfPlan | undefined>;

  /** The same without a lock, for what decides nothing. */
  abstract read(tx: Tx, commitmentId: string): Promise<PayoutsOfPlan | undefined>;

  /** Open instalments due from a day on that already fell due. */
  abstract fallenDueFrom(tx: Tx, commitmentId: string, day: string): Promise<number[]>;

  /** The open instalments of a budget year are paid from another one. */
  abstract moveOpen(tx: Tx, commitmentId: string, year: { from: number; to: number }): Promise<void>;

  /** Instalments due after the end of service are not owed. */
  abstract cancelPlannedFrom(tx: Tx, commitmentId: string, day: string): Promise<void>;

  /** What payouts that are still to be ordered will need, per budget year. */
  abstract unorderedByYear(tx: Tx, commitmentId: string): Promise<Map<number, bigint>>;
}
