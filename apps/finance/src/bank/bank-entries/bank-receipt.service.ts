import { Injectable } from '@nestjs/common';
import { AppError, fieldError } from '#contracts';
import type { Queries, Tx } from '#database';
import { Clock, newId } from '#platform';
import { lockEntry, type StoredEntry } from './bank-entry-store.service';
import { type Reason, sentenceOf } from './reasons';

/** What a credit is the money of: one payment of a claim, or a drawdown. */
export type Received =
  | { readonly claimId: string; readonly paymentNumber: number; readonly drawdownId?: undefined }
  | { readonly drawdownId: string; readonly claimId?: undefined; readonly paymentNumber?: undefined };

/** BOOKED with the credit, or CONFIRMED by it: a person had recorded the payment before. */
export type ReceiptKind = 'BOOKED' | 'CONFIRMED';

export interface Receipt {
  readonly kind: ReceiptKind;
  readonly of: Received;
  readonly fundId: string;
  readonly amountMinor: bigint;
  readonly rule: 'REFERENCE' | 'PERSON';
  readonly by: string;
}

/** The account of a fund. */
interface PayingAccount {
  readonly accountIban: string;
  readonly currency: string;
}

export interface StandingReceipt {
  readonly id: string;
  readonly bankEntryId: string;
  readonly kind: ReceiptKind;
  readonly claimId: string | null;
  readonly paymentNumber: number | null;
  readonly drawdownId: string | null;
  readonly amountMinor: bigint;
}

/** Ties credits of the bank to what they are the money of, in the transaction of who knows that. */
@Injectable()
export class BankReceiptService {
  constructor(private readonly clock: Clock) {}

  /** A credit on the account of the fund with at least so much open, as a person names it. */
  async lockCredit(
    tx: Tx,
    bankEntryId: string,
    { fund, amountMinor }: { fund: PayingAccount; amountMinor: bigint },
  ): Promise<StoredEntry> {
    const entry = await lockEntry(tx, bankEntryId, undefined);
    if (entry.direction !== 'CREDIT') {
      throw fieldError('FINANCE_BANK_ENTRY_NO_CREDIT', '#/bankEntryId', 'is only a credit');
    }
    if (entry.accountIban !== fund.accountIban || entry.currency !== fund.currency) {
      throw fieldError('FINANCE_BANK_ENTRY_FUND_MISMATCH', '#/bankEntryId', 'is of another account or currency');
    }
    if (entry.openMinor < amountMinor) throw new AppError('FINANCE_BANK_ENTRY_AMOUNT_EXCEEDED');
    return entry;
  }

  async keep(tx: Tx, entry: Pick<StoredEntry, 'id'>, receipt: Receipt): Promise<void> {
    const { of, fundId, amountMinor, kind, rule, by } = receipt;
    await tx.query(
      `INSERT INTO bank_receipt (id, bank_entry_id, fund_id, claim_id, payment_number, drawdown_id, amount_minor, kind, rule,
         decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[newId(), entry.id, fundId, of.claimId ?? null, of.paymentNumber ?? null, of.drawdownId ?? null],
        ...[amountMinor, kind, rule, by, this.clock.now()],
      ],
    );
    await settle(tx, entry.id, amountMinor, [{ code: 'PART_BY_PERSON' }]);
  }

  /** Why a credit waits for a person. */
  async explain(tx: Tx, bankEntryId: string, reasons: readonly Reason[]): Promise<void> {
    await settle(tx, bankEntryId, 0n, reasons);
  }

  /** Each stays, with one of the opposite amount beside it; the entry is open again. */
  async takeBack(
    tx: Tx,
    receipts: readonly StandingReceipt[],
    { by, reason }: { by: string; reason: string },
  ): Promise<void> {
    for (const { id, bankEntryId, amountMinor } of receipts) {
      await tx.query(
        `INSERT INTO bank_receipt (id, bank_entry_id, fund_id, claim_id, payment_number, drawdown_id, amount_minor, kind, rule,
           reason, decided_by, decided_at, reverses_id)
         SELECT $2, bank_entry_id, fund_id, claim_id, payment_number, drawdown_id, -amount_minor, kind, 'PERSON', $3, $4, $5, id
         FROM bank_receipt WHERE id = $1`,
        [id, newId(), reason, by, this.clock.now()],
      );
      await settle(tx, bankEntryId, -amountMinor, [{ code: 'TAKEN_BACK' }]);
    }
  }
}

export function standingReceipts(
  source: Pick<Queries, 'query'>,
  of: { bankEntryId: string } | { claimId: string } | { drawdownId: string },
): Promise<StandingReceipt[]> {
  const [column, id] =
    'bankEntryId' in of
      ? ['bank_entry_id', of.bankEntryId]
      : 'claimId' in of
        ? ['claim_id', of.claimId]
        : ['drawdown_id', of.drawdownId];
  return source.query<StandingReceipt>(
    `SELECT r.id, r.bank_entry_id, r.kind, r.claim_id, r.payment_number, r.drawdown_id, r.amount_minor FROM bank_receipt r
     WHERE r.${column} = $1 AND r.reverses_id IS NULL AND NOT EXISTS (SELECT FROM bank_receipt back WHERE back.reverses_id = r.id)
     ORDER BY r.id`,
    [id],
  );
}

async function settle(tx: Tx, bankEntryId: string, amountMinor: bigint, reasons: readonly Reason[]): Promise<void> {
  await tx.query(
    `UPDATE bank_entry e SET version = e.version + 1, matched_minor = e.matched_minor + $2::bigint,
       reasons = CASE WHEN e.matched_minor + $2::bigint < e.amount_minor THEN $3::jsonb END,
       explanation = CASE WHEN e.matched_minor + $2::bigint < e.amount_minor THEN $4 END,
       status = CASE WHEN e.matched_minor + $2::bigint = e.amount_minor THEN 'MATCHED'
         WHEN e.matched_minor + $2::bigint = 0 THEN 'UNMATCHED' ELSE 'PARTLY_MATCHED' END
     WHERE e.id = $1`,
    [bankEntryId, amountMinor, JSON.stringify(reasons), sentenceOf(reasons, 'en')],
  );
}
