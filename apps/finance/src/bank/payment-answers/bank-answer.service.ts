import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { BankAnswers, SentRun } from '../../payments/payment-runs/bank-answers.port';
import { lockBank, lockOpenEntries, type StoredEntry } from '../bank-entries/bank-entry-store.service';
import { IncomingPayments } from '../bank-entries/incoming-payments.port';
import { KnownItems, referencesOf } from '../bank-entries/known-items';
import { MatchService } from '../bank-entries/match.service';
import type { Allocation } from '../bank-entries/matcher';
import { lockItems } from '../bank-entries/payment-item.reader';
import { type ArrivedReport, PaymentAnswerService } from './payment-answer.service';

/** What the bank says takes effect: of its entries by the rules, of its reports by payment, and when a run is recorded as sent. */
@Injectable()
export class BankAnswerService implements BankAnswers {
  constructor(
    private readonly matches: MatchService,
    private readonly answers: PaymentAnswerService,
    private readonly incoming: IncomingPayments,
  ) {}

  lock(tx: Tx): Promise<void> {
    return lockBank(tx);
  }

  /** Its rejects that waited take effect, and its entries that waited are matched by the rules, as if they came now. */
  async follow(tx: Tx, run: SentRun): Promise<void> {
    await this.answers.applyWaiting(tx, run);
    await this.matchWaiting(tx, run);
  }

  /** Answers how many payouts were rejected at once. */
  take(tx: Tx, report: ArrivedReport): Promise<number> {
    return this.answers.take(tx, report);
  }

  /** Answers what the entries belong to beyond doubt. */
  async match(
    tx: Tx,
    entries: readonly StoredEntry[],
    { by, correlationId }: { by: string; correlationId: string },
  ): Promise<Allocation[]> {
    const items = new KnownItems(await lockItems(tx, referencesOf(entries)));
    const decided = entries.map((entry) => ({ entry, ...items.decide(entry, by) }));
    await this.matches.apply(tx, decided, { by, reason: null, correlationId });
    const credits = decided.filter(
      ({ entry, allocations }) => entry.direction === 'CREDIT' && allocations.length === 0,
    );
    await this.incoming.receive(
      tx,
      credits.map(({ entry }) => entry),
      { by, correlationId },
    );
    return decided.flatMap(({ allocations }) => allocations);
  }

  private async matchWaiting(tx: Tx, run: SentRun): Promise<void> {
    const { accountIban, messageId, endToEndIds, by, correlationId } = run;
    const waiting = await tx.query<{ id: string }>(WAITING, [accountIban, messageId, endToEndIds]);
    if (waiting.length === 0) return;
    const entries = await lockOpenEntries(tx, { ids: waiting.map(({ id }) => id) });
    await this.match(tx, entries, { by, correlationId });
  }
}

const WAITING = `
SELECT e.id FROM bank_entry e WHERE e.account_iban = $1 AND e.status IN ('UNMATCHED', 'PARTLY_MATCHED')
  AND e.obstacle IS NULL AND NOT coalesce(e.reasons @> '[{"code": "TAKEN_BACK"}]', false) AND (
  $2 = ANY (e.batch_references)
  OR EXISTS (SELECT FROM bank_transaction t WHERE t.bank_entry_id = e.id
    AND ($2 = ANY (t.batch_references) OR t.end_to_end_id = ANY ($3::text[]))))`;
