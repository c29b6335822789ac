import type { MoneyMinor } from '#contracts';
import { TRANSFER_PARTS_MAX } from '#contracts/finance';
import { newId } from '#platform';
import type { PayeeFacts } from '../payees/payee.reader';
import type { ChargeBearer } from '../payment-rules/charge-bearers.reader';
import type { Payment } from './pain001';
import { type Purpose, purposeText } from './purpose';

/** A payout that a run takes, with what decides how it is paid. */
export interface TransferPart {
  readonly payoutId: string;
  readonly commitmentId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What is promised in another currency. */
  readonly instructed: MoneyMinor | null;
  readonly creditorReference: string | null;
  /** It pays again what was rejected or came back: that is followed by itself. */
  readonly isReissue: boolean;
  /** By the rules of the day: it may leave together with others. */
  readonly isJoined: boolean;
  readonly payee: PayeeFacts;
  readonly purpose: Purpose;
  readonly chargeBearer: ChargeBearer | null;
  /** In how many runs it has been before; they were given up, or its order was voided. */
  readonly earlierRuns: number;
}

/** One payment in the bank file: the bank debits, rejects and returns it as a whole. */
export interface Transfer {
  readonly id: string;
  readonly commitmentId: string;
  readonly payeeId: string;
  readonly parts: readonly TransferPart[];
  readonly payment: Payment;
}

/**
 * Puts payouts of one commitment to one account together, in the order in which they fell due, where the rules join what its instrument
 * pays: the payee sees one payment with its purpose. One with a reference of its own stays alone, as the payee's books look for it, and so does one that pays again what came
 * back, or in another currency: of one debit at the rate of the bank nobody can tell what each of several took. Source: docs/finance.md#transfers.
 */
export function transfersOf(parts: readonly TransferPart[]): Transfer[] {
  return [...Map.groupBy(parts, keyOf).values()].flatMap((together) => {
    const inOrder = together.toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
    const count = Math.ceil(inOrder.length / TRANSFER_PARTS_MAX);
    return Array.from({ length: count }, (_, index) =>
      transferOf(inOrder.slice(index * TRANSFER_PARTS_MAX, (index + 1) * TRANSFER_PARTS_MAX)),
    );
  });
}

function keyOf({
  payoutId,
  commitmentId,
  currency,
  creditorReference,
  isReissue,
  isJoined,
  instructed,
  payee,
  purpose,
}: TransferPart): string {
  if (!isJoined || creditorReference !== null || isReissue || instructed !== null) return payoutId;
  const { id, accountHolder, iban, accountNumber, bic } = payee;
  return JSON.stringify([commitmentId, id, accountHolder, iban, accountNumber, bic, currency, purpose.expense]);
}

function orderOf({ payoutId, purpose }: TransferPart): string {
  return `${purpose.dueOn} ${payoutId}`;
}

function transferOf(parts: readonly TransferPart[]): Transfer {
  const [first] = parts;
  if (!first) throw new Error('a transfer pays nothing');
  const { payoutId, commitmentId, currency, instructed, creditorReference, payee, chargeBearer, earlierRuns } = first;
  return {
    id: newId(),
    commitmentId,
    payeeId: payee.id,
    parts,
    payment: {
      // Unique for ever, as its first payout is in a run once: what goes into another run has another number, so that a bank entry
      // tells which of them was carried out.
      endToEndId: payoutId.replaceAll('-', '') + (earlierRuns > 0 ? `r${earlierRuns + 1}` : ''),
      amountMinor: parts.reduce((sum, part) => sum + part.amountMinor, 0n),
      currency,
      instructed,
      remittance: purposeText(parts.map(({ purpose }) => purpose)),
      chargeBearer,
      creditorReference,
      creditor: { ...payee, name: payee.accountHolder },
    },
  };
}
