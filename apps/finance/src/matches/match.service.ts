import { Injectable } from '@nestjs/common';
import type { JournalEntryKind, LedgerStage } from '#contracts';
import type { Tx } from '#database';
import { Clock, newId } from '#platform';
import { Ledger, move } from '../ledger/ledger';
import { type CameBack, PayoutSettlementService } from '../payouts/payout-settlement.service';
import type { Allocation } from './matcher';
import type { PaymentItem } from './payment-item';

/** The entry as it is while its matches are written; each writing makes another version of it. */
export interface MatchedEntry {
  readonly id: string;
  readonly version: number;
  readonly bookedOn: string;
  readonly statementId: string;
}

export interface Decider {
  readonly by: string;
  readonly reason: string | null;
  readonly correlationId: string;
}

/** Writes what an entry belongs to: matches, payouts, journal and the state of the payment runs, in the caller's transaction. */
@Injectable()
export class MatchService {
  constructor(
    private readonly settlement: PayoutSettlementService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  async apply(
    tx: Tx,
    entry: MatchedEntry,
    { allocations, explanation }: { allocations: readonly Allocation[]; explanation: string | null },
    decider: Decider,
  ): Promise<void> {
    const booked = allocations.filter((it) => it.kind === 'BOOKED');
    const returned = allocations.filter((it) => it.kind === 'RETURNED');
    await this.writeMatches(tx, entry, allocations, decider);
    await this.settlement.book(tx, completed(booked), { by: decider.by, bookedOn: entry.bookedOn });
    await this.settlement.return(tx, returned.map(cameBack), entry.bookedOn);
    const posting = { reference: `${entry.id}:${entry.version}`, effectiveOn: entry.bookedOn, ...decider };
    await this.post(tx, booked, { ...posting, kind: 'PAYMENT_BOOKED', from: 'payable', to: 'paid' });
    await this.post(tx, returned, { ...posting, kind: 'PAYMENT_RETURNED', from: 'paid', to: 'returned' });
    const total = allocations.reduce((sum, it) => sum + it.amountMinor, 0n);
    await tx.query(
      `UPDATE bank_entry SET version = version + 1, matched_minor = matched_minor + $2::bigint, explanation = $3,
         status = CASE WHEN matched_minor + $2::bigint = amount_minor THEN 'MATCHED'
           WHEN matched_minor + $2::bigint = 0 THEN 'UNMATCHED' ELSE 'PARTLY_MATCHED' END
       WHERE id = $1`,
      [entry.id, total.toString(), explanation],
    );
    await this.followRuns(tx, allocations, entry);
  }

  /** The bank refused payments before they left the account. */
  async reject(
    tx: Tx,
    rejects: readonly { item: PaymentItem; reason: string | null }[],
    report: { bankMessageId: string; messageId: string } & Decider,
  ): Promise<void> {
    const payments = rejects.map(({ item, reason }) => ({ item, amountMinor: item.amountMinor, returnReason: reason }));
    const today = this.clock.today();
    await this.settlement.reject(tx, payments.map(cameBack), today);
    await this.post(tx, payments, {
      kind: 'PAYMENT_REJECTED',
      reference: report.bankMessageId,
      effectiveOn: today,
      correlationId: report.correlationId,
      from: 'payable',
      to: 'returned',
    });
    await this.followRuns(tx, payments, { bookedOn: today, statementId: report.messageId });
  }

  private async post(
    tx: Tx,
    payments: readonly Pick<Allocation, 'item' | 'amountMinor'>[],
    posting: {
      kind: JournalEntryKind;
      reference: string;
      effectiveOn: string;
      correlationId: string;
      from: LedgerStage;
      to: LedgerStage;
    },
  ): Promise<void> {
    const { from, to, kind, reference, effectiveOn, correlationId } = posting;
    // One account may serve several funds; each has its own journal.
    const byFund = Map.groupBy(payments, ({ item }) => item.fundId);
    for (const fundId of [...byFund.keys()].sort()) {
      const groups = Map.groupBy(byFund.get(fundId) ?? [], ({ item }) => `${item.budgetYear} ${item.category}`);
      const lines = [...groups.values()].flatMap((group) => {
        const total = group.reduce((sum, it) => sum + it.amountMinor, 0n);
        const first = group[0]?.item;
        return first ? move(first.budgetYear, total, { from, to, category: first.category }) : [];
      });
      await this.ledger.post(tx, {
        fundId,
        kind,
        reference: `${reference}:${fundId}`,
        effectiveOn,
        correlationId,
        lines,
      });
    }
  }

  private async writeMatches(
    tx: Tx,
    entry: MatchedEntry,
    allocations: readonly Allocation[],
    decider: Decider,
  ): Promise<void> {
    if (allocations.length === 0) return;
    await tx.query(
      `INSERT INTO bank_match (id, bank_entry_id, fund_id, payout_id, payment_run_id, kind, rule, amount_minor, reason, decided_by, decided_at)
       SELECT m.id, $7::uuid, m.fund_id, m.payout_id, m.run_id, m.kind, m.rule, m.amount, $8, $9, $10
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $11::uuid[])
         AS m (id, payout_id, run_id, kind, rule, amount, fund_id)`,
      [
        allocations.map(() => newId()),
        allocations.map(({ item }) => item.payoutId),
        allocations.map(({ item }) => item.paymentRunId),
        allocations.map((it) => it.kind),
        allocations.map((it) => it.rule),
        allocations.map((it) => it.amountMinor.toString()),
        entry.id,
        decider.reason,
        decider.by,
        this.clock.now(),
        allocations.map(({ item }) => item.fundId),
      ],
    );
  }

  /** A run is done when the bank has answered for each of its payouts. */
  private async followRuns(
    tx: Tx,
    touched: readonly Pick<Allocation, 'item'>[],
    { bookedOn, statementId }: { bookedOn: string; statementId: string },
  ): Promise<void> {
    if (touched.length === 0) return;
    await tx.query(
      `UPDATE payment_run run SET version = run.version + 1, status = state.next,
         booked_on = CASE WHEN state.next = 'BOOKED' THEN $2::date END,
         statement_reference = CASE WHEN state.next = 'BOOKED' THEN $3 END
       FROM (
         SELECT r.id, CASE WHEN bool_or(p.status IN ('IN_RUN', 'SENT', 'BLOCKED')) THEN 'SETTLING'
           WHEN bool_or(p.status IN ('BOOKED', 'RETURNED')) THEN 'BOOKED' ELSE 'REJECTED' END AS next
         FROM payment_run r JOIN payout p ON p.payment_run_id = r.id WHERE r.id = ANY ($1::uuid[]) GROUP BY r.id
       ) state
       WHERE run.id = state.id AND run.status IN ('SENT', 'SETTLING') AND run.status <> state.next`,
      [[...new Set(touched.map(({ item }) => item.paymentRunId))], bookedOn, statementId.slice(0, 35)],
    );
  }
}

/** Payouts whose whole amount the bank has booked now; several parts of one payout may stand in one entry. */
function completed(booked: readonly Allocation[]): PaymentItem[] {
  const byPayout = Map.groupBy(booked, ({ item }) => item.payoutId);
  return [...byPayout.values()].flatMap((parts) => {
    const item = parts[0]?.item;
    const total = parts.reduce((sum, it) => sum + it.amountMinor, item?.seenMinor ?? 0n);
    return item && total === item.amountMinor ? [item] : [];
  });
}

function cameBack({
  item,
  amountMinor,
  returnReason,
}: Pick<Allocation, 'item' | 'amountMinor' | 'returnReason'>): CameBack {
  const { payoutId, paymentRunId, endToEndId } = item;
  return { payoutId, paymentRunId, endToEndId, amountMinor, reason: returnReason };
}
