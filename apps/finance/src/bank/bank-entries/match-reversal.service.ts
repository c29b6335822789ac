import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import {
  type BankEntryDetail,
  type JournalEntryKind,
  type MatchKind,
  type PayoutStatus,
  takeBackBankMatch,
} from '#contracts/finance';
import type { Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { Ledger, moveByCategory } from '../../budget/ledger/ledger.service';
import { type Before, PayoutSettlementService } from '../../payments/payouts/payout-settlement.service';
import { lockBank } from './bank-entry-store.service';
import { act } from './bank-entry.act';
import { BankEntry } from './bank-entry.entity';
import { BankEntryReader } from './bank-entry.reader';
import { MatchService } from './match.service';
import { lockItems, type PaymentItem } from './payment-item.reader';
import { sentenceOf } from './reasons';

/** A match of the entry that was not taken back. */
interface StandingMatch {
  readonly id: string;
  readonly payoutId: string;
  readonly kind: MatchKind;
  readonly amountMinor: bigint;
  readonly payoutStatusBefore: PayoutStatus | null;
}

interface Reversal {
  readonly by: string;
  readonly reason: string;
  readonly correlationId: string;
}

const REVERSALS = {
  PAYMENT_BOOKED: 'PAYMENT_BOOKING_REVERSED',
  PAYMENT_RETURNED: 'PAYMENT_RETURN_REVERSED',
} as const satisfies Partial<Record<JournalEntryKind, JournalEntryKind>>;

/** Takes back what a bank entry was matched to by mistake: in the journal, at the payouts and at the entry; nothing is deleted. */
@Injectable()
export class MatchReversalService {
  constructor(
    private readonly commands: Commands,
    private readonly settlement: PayoutSettlementService,
    private readonly matches: MatchService,
    private readonly ledger: Ledger,
    private readonly reader: BankEntryReader,
    private readonly clock: Clock,
  ) {}

  @Handle(takeBackBankMatch)
  @act.listed(takeBackBankMatch, { possible: (entry) => entry.assertMatched() })
  takeBack({ bankEntryId, reason }: RequestOf<typeof takeBackBankMatch>, call: Call): Promise<BankEntryDetail> {
    return this.commands.run(call, async (tx) => {
      await lockBank(tx);
      const entry = await tx.lockOrFail(BankEntry, bankEntryId);
      entry.assertMatched();
      if (call.expectedVersion !== undefined && entry.version !== call.expectedVersion) {
        throw new AppError('PLATFORM_VERSION_STALE', { currentVersion: entry.version });
      }
      const reversal = { by: call.caller.subject, reason, correlationId: call.correlationId };
      const matches = await standingMatches(tx, entry.id);
      const items = await lockItems(tx, { payoutIds: matches.map(({ payoutId }) => payoutId) });
      const reopened = reopenedBy(matches, items);
      await this.reverseJournal(tx, entry, [...new Set(items.map(({ fundId }) => fundId))], reversal);
      // Of a debit that was none the whole is set aside again; what it was rejected for before stands again with that.
      await this.matches.takeBackDifferences(tx, reopened, reversal);
      await this.settlement.reopen(tx, reopened, reversal);
      await this.settlement.lessReturned(tx, partsOf(matches, items), reversal);
      await this.standAgain(tx, entry, reopened, reversal);
      await this.matches.takeBackReceipts(tx, entry.id, reversal);
      await this.keep(tx, entry, matches, reversal);
      await this.matches.reopenRuns(tx, items);
      return this.reader.read(entry.id, tx, call.language);
    });
  }

  /** Each of its journal entries by one of its own: an entry was decided on once per version at the most. */
  private async reverseJournal(
    tx: Tx,
    entry: BankEntry,
    fundIds: readonly string[],
    { reason, correlationId }: Reversal,
  ): Promise<void> {
    const versions = Array.from({ length: entry.version }, (_, index) => index + 1);
    const references = versions.flatMap((version) => fundIds.map((fundId) => `${entry.id}:${version}:${fundId}`));
    for (const kind of ['PAYMENT_RETURNED', 'PAYMENT_BOOKED'] as const) {
      for (const { id, fundId, reference } of await this.ledger.standing(tx, kind, references)) {
        await this.ledger.post(tx, {
          fundId,
          kind: REVERSALS[kind],
          reference,
          effectiveOn: this.clock.today(),
          correlationId,
          lines: await this.ledger.reversalOf(tx, { id, fundId, kind }),
          reverses: { entryId: id, reason },
        });
      }
    }
  }

  /** What the bank had rejected, or what had come back, before the entry said otherwise stands again. */
  private async standAgain(
    tx: Tx,
    entry: BankEntry,
    reopened: readonly Reopened[],
    { correlationId }: Reversal,
  ): Promise<void> {
    for (const { before, kind, from } of AGAIN) {
      const some = reopened.filter((item) => item.before === before);
      if (some.length === 0) continue;
      await this.settlement.keepAgain(tx, before, some);
      for (const [fundId, items] of Map.groupBy(some, (item) => item.fundId)) {
        await this.ledger.post(tx, {
          fundId,
          kind,
          // Not a business case of the entry that taking it back once more would reverse.
          reference: `${entry.id}:${entry.version}:${fundId}:again`,
          effectiveOn: this.clock.today(),
          correlationId,
          lines: moveByCategory(items, { from, to: 'returned' }),
        });
      }
    }
  }

  private async keep(
    tx: Tx,
    entry: BankEntry,
    matches: readonly StandingMatch[],
    { by, reason }: Reversal,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO bank_match (id, bank_entry_id, fund_id, payout_id, payment_run_id, kind, rule, amount_minor, reason, decided_by,
         decided_at, payout_status_before, reverses_id)
       SELECT back.id, m.bank_entry_id, m.fund_id, m.payout_id, m.payment_run_id, m.kind, 'PERSON', -m.amount_minor, $3, $4, $5,
         m.payout_status_before, m.id
       FROM bank_match m JOIN unnest($1::uuid[], $2::uuid[]) AS back (match_id, id) ON back.match_id = m.id`,
      [matches.map(({ id }) => id), matches.map(() => newId()), reason, by, this.clock.now()],
    );
    const reasons = [{ code: 'TAKEN_BACK' as const }];
    await tx.query(
      `UPDATE bank_entry SET version = version + 1, matched_minor = 0, status = 'UNMATCHED', explanation = $2, reasons = $3::jsonb
       WHERE id = $1`,
      [entry.id, sentenceOf(reasons, 'en'), JSON.stringify(reasons)],
    );
  }
}

/** A payment that stands elsewhere now; the amount is what moves with it. */
type Reopened = PaymentItem & { readonly before: Before };

const AGAIN = [
  { before: 'REJECTED', kind: 'PAYMENT_REJECTED', from: 'payable' },
  { before: 'RETURNED', kind: 'PAYMENT_RETURNED', from: 'paid' },
] as const;

/** Payments of which another part came back, that stays so. */
function partsOf(
  matches: readonly StandingMatch[],
  items: readonly PaymentItem[],
): { payoutId: string; amountMinor: bigint }[] {
  return items.flatMap(({ payoutId, backMinor }) => {
    const amountMinor = returnedBy(matches.filter((match) => match.payoutId === payoutId));
    return amountMinor > 0n && amountMinor < backMinor ? [{ payoutId, amountMinor }] : [];
  });
}

function returnedBy(matches: readonly StandingMatch[]): bigint {
  return matches.reduce((sum, { kind, amountMinor }) => (kind === 'RETURNED' ? sum + amountMinor : sum), 0n);
}

function standingMatches(tx: Tx, bankEntryId: string): Promise<StandingMatch[]> {
  return tx.query<StandingMatch>(
    `SELECT m.id, m.payout_id, m.kind, m.amount_minor, m.payout_status_before FROM bank_match m
     WHERE m.bank_entry_id = $1 AND m.reverses_id IS NULL
       AND NOT EXISTS (SELECT FROM bank_match back WHERE back.reverses_id = m.id) ORDER BY m.id`,
    [bankEntryId],
  );
}

/** Payouts that stand elsewhere once the matches are gone; FINANCE_BANK_MATCH_FOLLOWED where something came after one of them. */
function reopenedBy(matches: readonly StandingMatch[], items: readonly PaymentItem[]): Reopened[] {
  const byPayout = Map.groupBy(matches, ({ payoutId }) => payoutId);
  return items.flatMap((item): Reopened[] => {
    const of = byPayout.get(item.payoutId) ?? [];
    const refuse = () => new AppError('FINANCE_BANK_MATCH_FOLLOWED', { payoutId: item.payoutId });
    if (of.some(({ kind }) => kind === 'RETURNED')) {
      if (item.status !== 'RETURNED' || item.isReturnSettled) throw refuse();
      return returnedBy(of) === item.backMinor ? [{ ...item, before: 'BOOKED' }] : [];
    }
    const reversed = of.find(({ kind }) => kind === 'RETURN_REVERSED');
    if (reversed) {
      if (item.status !== 'BOOKED') throw refuse();
      return [{ ...item, amountMinor: reversed.amountMinor, before: 'RETURNED' }];
    }
    const booked = of.filter(({ kind }) => kind === 'BOOKED');
    if (booked.length === 0 || item.status === 'SENT') return [];
    if (item.status !== 'BOOKED') throw refuse();
    const isAfterReject = booked.some(({ payoutStatusBefore }) => payoutStatusBefore === 'REJECTED');
    return [{ ...item, before: isAfterReject ? 'REJECTED' : 'SENT' }];
  });
}
