import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { DrawdownStatus, RuleSet, SpendingPlace } from '#contracts/finance';
import { AuditFields } from '#database';
import { type PublicMoneyRules, spendingDeadline } from '../public-money-rules/public-money-rules.reader';

/** The amount of a drawdown for one place of spending; its deadline and the rule it comes from are fixed on receipt. */
export interface DrawdownPart {
  readonly place: SpendingPlace;
  readonly amountMinor: bigint;
  readonly deadlineOn: string | null;
  readonly ruleId: string | null;
}

/**
 * Mittelabruf: money called from the financier. With its receipt the spending window of each place begins
 * (docs/domain.md#drawdowns).
 */
@AuditFields<Drawdown>({ open: ['approvalReference', 'ruleSet', 'status', 'requestedBy'] })
@Entity({ name: 'drawdown' })
export class Drawdown {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') fundId!: string;
  @Column('text') approvalReference!: string;
  @Column('text') ruleSet!: RuleSet;
  @Column('text') status!: DrawdownStatus;
  @Column('text') justification!: string;
  @Column('char', { length: 3 }) currency!: string;
  @Column('date') requestedOn!: string;
  @Column('date', { nullable: true }) receivedOn!: string | null;
  @Column('text') requestedBy!: string;
  @Column('timestamptz') createdAt!: Date;

  assertCanReceive(): void {
    if (this.status !== 'REQUESTED') {
      throw new AppError('FINANCE_DRAWDOWN_TRANSITION_NOT_ALLOWED', { from: this.status, to: 'RECEIVED' });
    }
  }

  /** The money is there: answers the parts with their deadlines. Refused twice, before the request and for the future. */
  receive(
    receivedOn: string,
    { today, rules }: { today: string; rules: PublicMoneyRules },
    parts: readonly DrawdownPart[],
  ): DrawdownPart[] {
    this.assertCanReceive();
    return this.arrive(receivedOn, { today, rules }, parts);
  }

  /** On the day that the bank says, also in place of the one that a person had said. */
  arrive(
    receivedOn: string,
    { today, rules }: { today: string; rules: PublicMoneyRules },
    parts: readonly DrawdownPart[],
  ): DrawdownPart[] {
    if (receivedOn < this.requestedOn || receivedOn > today) {
      throw new AppError('FINANCE_DRAWDOWN_DATE_INVALID', { requestedOn: this.requestedOn, receivedOn });
    }
    const due = parts.map((part) => {
      const { on, ruleId } = spendingDeadline(rules, part.place, receivedOn);
      return { ...part, deadlineOn: on, ruleId };
    });
    this.status = 'RECEIVED';
    this.receivedOn = receivedOn;
    return due;
  }
}
