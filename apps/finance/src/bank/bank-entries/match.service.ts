import { Injectable } from '@nestjs/common';
import type { Direction, JournalEntryKind, LedgerStage, PayoutStatus } from '#contracts/finance';
import type { Tx } from '#database';
import { Clock, newId } from '#platform';
import { Ledger, moveByCategory } from '../../budget/ledger/ledger.service';
import { PaymentRunSettlementService } from '../../payments/payment-runs/payment-run-settlement.service';
import { ExchangeDifferenceService } from '../../payments/payouts/exchange-difference.service';
import { type CameBack, PayoutSettlementService } from '../../payments/payouts/payout-settlement.service';
import { IncomingPayments } from './incoming-payments.port';
import { type Allocation, type Decision, isWhole, netOf } from './matcher';
import type { PaymentItem } from './payment-item.reader';
import { sentenceOf } from './reasons';

/** The entry as it is while its matches are written; each writing makes another version of it. */
export interface MatchedEntry {
  readonly id: string;
  readonly version: number;
  readonly direction: Direction;
  readonly bookedOn: string;
  readonly statementId: string;
}

export interface DecidedEntry extends Decision {
  readonly entry: MatchedEntry;
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
    private readonly runs: PaymentRunSettlementService,
    private readonly differences: ExchangeDifferenceService,
    private readonly ledger: Ledger,
    private readonly incoming: IncomingPayments,
    private readonly clock: Clock,
  ) {}

  /** All of these at once, in their order: what one entry books another one may return. */
  async apply(tx: Tx, decided: readonly DecidedEntry[], decider: Decider): Promise<void> {
    await this.writeMatches(tx, decided, decider);
    for (const [bookedOn, entries] of byDay(decided)) {
      const items = entries.flatMap(({ allocations }) => completed(allocations.filter((it) => it.kind === 'BOOKED')));
      const debits = entries.flatMap(({ allocations }) => allocations.flatMap(debitInOtherCurrency));
      await this.differences.settle(tx, debits, { effectiveOn: bookedOn, correlationId: decider.correlationId });
      const [rejected, sent] = [items.filter(isRejected), items.filter((item) => !isRejected(item))];
      await this.settlement.book(tx, sent, { by: decider.by, bookedOn });
      await this.settlement.bookRejected(tx, rejected, { by: decider.by, bookedOn, reason: decider.reason });
    }
    for (const [returnedOn, entries] of byDay(decided)) {
      const returned = entries.flatMap(({ allocations }) => allocations.filter((it) => it.kind === 'RETURNED'));
      await this.settlement.return(tx, returned.map(cameBack), returnedOn);
    }
    const reversed = decided.flatMap(({ allocations }) => allocations.filter((it) => it.kind === 'RETURN_REVERSED'));
    await this.settlement.reopen(
      tx,
      reversed.map(({ item }) => ({ ...item, before: 'BOOKED' as const })),
      { by: decider.by, reason: decider.reason ?? 'the bank has taken its return back' },
    );
    for (const { entry, allocations } of decided) await this.postEntry(tx, entry, allocations, decider);
    await settleEntries(tx, decided);
    await this.followRuns(tx, decided);
    await this.runs.carriedOut(tx, [...new Set(decided.flatMap(({ carriedOut }) => carriedOut ?? []))]);
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
    const entry = { bookedOn: today, statementId: report.messageId };
    await this.followRuns(tx, [{ entry, allocations: payments }]);
  }

  /** What an entry was received for besides, or instead, is taken back with its matches. */
  async takeBackReceipts(tx: Tx, bankEntryId: string, reversal: Decider & { readonly reason: string }): Promise<void> {
    await this.incoming.takeBack(tx, bankEntryId, reversal);
  }

  /** What debits that were none had left of what was set aside for payments in another currency is set aside again. */
  async takeBackDifferences(
    tx: Tx,
    reopened: readonly (PaymentItem & { readonly before: PayoutStatus })[],
    { reason, correlationId }: Decider & { readonly reason: string },
  ): Promise<void> {
    const debited = reopened.filter(({ before, instructedMinor }) => before === 'SENT' && instructedMinor !== null);
    const booking = { reason, correlationId, effectiveOn: this.clock.today() };
    await this.differences.takeBack(
      tx,
      debited.map(({ payoutId }) => payoutId),
      booking,
    );
  }

  /** Runs whose payments are no longer all booked. */
  async reopenRuns(tx: Tx, items: readonly PaymentItem[]): Promise<void> {
    await this.runs.reopen(tx, [...new Set(items.map(({ paymentRunId }) => paymentRunId))]);
  }

  private async postEntry(
    tx: Tx,
    entry: MatchedEntry,
    allocations: readonly Allocation[],
    { correlationId }: Decider,
  ): Promise<void> {
    const posting = { reference: `${entry.id}:${entry.version}`, effectiveOn: entry.bookedOn, correlationId };
    const of = (kind: Allocation['kind']) => allocations.filter((it) => it.kind === kind);
    const rejected = of('BOOKED').filter(({ item }) => isRejected(item));
    await this.post(tx, rejected, { ...posting, kind: 'PAYMENT_REJECTION_REVERSED', from: 'returned', to: 'payable' });
    await this.post(tx, of('BOOKED'), { ...posting, kind: 'PAYMENT_BOOKED', from: 'payable', to: 'paid' });
    await this.post(tx, of('RETURNED'), { ...posting, kind: 'PAYMENT_RETURNED', from: 'paid', to: 'returned' });
    await this.post(tx, of('RETURN_REVERSED'), {
      ...posting,
      kind: 'PAYMENT_RETURN_REVERSED',
      from: 'returned',
      to: 'paid',
    });
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
      const parts = byFund.get(fundId) ?? [];
      const lines = moveByCategory(
        parts.map(({ item, amountMinor }) => ({ ...item, amountMinor })),
        { from, to },
      );
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

  private async writeMatches(tx: Tx, decided: readonly DecidedEntry[], decider: Decider): Promise<void> {
    const rows = decided.flatMap(({ entry, allocations }) => allocations.map((it) => ({ ...it, entryId: entry.id })));
    if (rows.length === 0) return;
    await tx.query(
      `INSERT INTO bank_match (id, bank_entry_id, fund_id, payout_id, payment_run_id, kind, rule, amount_minor, reason, decided_by, decided_at,
         payout_status_before)
       SELECT m.id, m.entry_id, m.fund_id, m.payout_id, m.run_id, m.kind, m.rule, m.amount, $8, $9, $10, m.status
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $11::uuid[], $7::uuid[],
         $12::text[]) AS m (id, payout_id, run_id, kind, rule, amount, fund_id, entry_id, status)`,
      [
        rows.map(() => newId()),
        rows.map(({ item }) => item.payoutId),
        rows.map(({ item }) => item.paymentRunId),
        rows.map((it) => it.kind),
        rows.map((it) => it.rule),
        rows.map((it) => it.amountMinor.toString()),
        rows.map((it) => it.entryId),
        decider.reason,
        decider.by,
        this.clock.now(),
        rows.map(({ item }) => item.fundId),
        rows.map(({ item }) => item.status),
      ],
    );
  }

  /** The last entry about a run says when it was done. */
  private async followRuns(tx: Tx, touched: readonly TouchedRuns[]): Promise<void> {
    const last = new Map<string, TouchedRuns['entry']>();
    for (const { entry, allocations } of touched) {
      for (const { item } of allocations) last.set(item.paymentRunId, entry);
    }
    await this.runs.settle(
      tx,
      [...last].map(([paymentRunId, { bookedOn, statementId }]) => ({
        paymentRunId,
        bookedOn,
        statementReference: statementId.slice(0, 35),
      })),
    );
  }
}

interface TouchedRuns {
  readonly entry: Pick<MatchedEntry, 'bookedOn' | 'statementId'>;
  readonly allocations: readonly Pick<Allocation, 'item'>[];
}

/** What is matched of the entries now, and why the rest is not. */
async function settleEntries(tx: Tx, decided: readonly DecidedEntry[]): Promise<void> {
  await tx.query(
    `UPDATE bank_entry e SET version = e.version + 1, matched_minor = e.matched_minor + d.amount, explanation = d.explanation, reasons = d.reasons::jsonb,
       status = CASE WHEN e.matched_minor + d.amount = e.amount_minor THEN 'MATCHED'
         WHEN e.matched_minor + d.amount = 0 THEN 'UNMATCHED' ELSE 'PARTLY_MATCHED' END
     FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[]) AS d (id, amount, explanation, reasons) WHERE e.id = d.id`,
    [
      decided.map(({ entry }) => entry.id),
      decided.map(({ entry, allocations }) => netOf(entry.direction, allocations).toString()),
      // For a replica of the version before, which shows the sentence as it is kept.
      decided.map(({ reasons }) => sentenceOf(reasons, 'en')),
      decided.map(({ reasons }) => (reasons.length > 0 ? JSON.stringify(reasons) : null)),
    ],
  );
}

/** Settled by the bank's reject, and carried out all the same: a person has decided so. */
function isRejected({ status }: PaymentItem): boolean {
  return status === 'REJECTED';
}

function byDay(decided: readonly DecidedEntry[]): [day: string, entries: DecidedEntry[]][] {
  const some = decided.filter(({ allocations }) => allocations.length > 0);
  return [...Map.groupBy(some, ({ entry }) => entry.bookedOn)];
}

/** Payouts whose whole amount the bank has booked now; several parts of one payout may stand in one entry. */
function completed(booked: readonly Allocation[]): PaymentItem[] {
  const byPayout = Map.groupBy(booked, ({ item }) => item.payoutId);
  return [...byPayout.values()].flatMap((parts) => {
    const item = parts[0]?.item;
    const bookedMinor = parts.reduce((sum, it) => sum + it.amountMinor, 0n);
    return item && isWhole(item, bookedMinor) ? [item] : [];
  });
}

/** What was debited of a payment whose amount was set aside by another rate. */
function debitInOtherCurrency({ item, kind, amountMinor }: Allocation): { payoutId: string; debitedMinor: bigint }[] {
  return kind === 'BOOKED' && item.instructedMinor !== null
    ? [{ payoutId: item.payoutId, debitedMinor: amountMinor }]
    : [];
}

function cameBack({
  item,
  amountMinor,
  returnReason,
}: Pick<Allocation, 'item' | 'amountMinor' | 'returnReason'>): CameBack {
  const { payoutId, paymentRunId, endToEndId } = item;
  return { payoutId, paymentRunId, endToEndId, amountMinor, reason: returnReason };
}
