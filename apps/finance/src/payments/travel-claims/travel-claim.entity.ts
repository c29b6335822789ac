import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RuleView } from '#contracts';
import type { PayeeKind, TravelJourney, TravelLine } from '#contracts/finance';
import { AuditFields, bigintColumn } from '#database';

/**
 * A claim of travel costs as it was sent, with the sum that it was paid by: never changed. What becomes of it is told by its payouts;
 * where the payment was cancelled its days and receipts may be claimed again.
 */
@AuditFields<TravelClaim>({ open: ['payeeKind', 'submittedBy'] })
@Entity({ name: 'travel_claim' })
export class TravelClaim {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') fundId!: string;
  @Column('int') budgetYear!: number;
  @Column('uuid', { nullable: true }) assignmentId!: string | null;
  @Column('text') payeeKind!: PayeeKind;
  @Column('uuid') payeeOwnerId!: string;
  /** Whose it is, where an expert travelled. */
  @Column('uuid', { nullable: true }) expertId!: string | null;
  @Column('text') purpose!: string;
  @Column('text') destination!: string;
  @Column('date') startsOn!: string;
  @Column('date') endsOn!: string;
  @Column('date') claimableUntil!: string;
  @Column('jsonb') journey!: TravelJourney;
  @Column('jsonb') lines!: TravelLine[];
  @Column('jsonb') rules!: RuleView[];
  @Column('bigint', { transformer: bigintColumn }) totalMinor!: bigint;
  @Column('char', { length: 3 }) currency!: string;
  @Column('text') submittedBy!: string;
  @Column('timestamptz') submittedAt!: Date;
}
