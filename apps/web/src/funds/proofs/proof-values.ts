import type { z } from 'zod';
import type { Money } from '#contracts';
import type { ProofOfUseView, submitProofOfUse } from '#contracts/finance';
import { sumOf } from '../../ui/sum-of';

type Request = z.input<typeof submitProofOfUse.request>;
type Amount = Partial<Money>;

/** What the form of a proof holds: plain data, so that it can be kept anywhere between two sittings. */
export interface ProofValues {
  readonly narrative?: string;
  readonly actual: readonly { readonly category: string; readonly actual: Amount; readonly explanation?: string }[];
  readonly ownShareActual?: Amount;
  readonly receipts?: readonly ReceiptValues[];
  readonly inventory?: Request['inventory'];
}

export interface ReceiptValues {
  readonly number?: string;
  readonly sha256?: string;
  readonly payee?: string;
  readonly category?: string;
  readonly paidOn?: string;
  readonly amount?: Amount;
  readonly exchangeRateId?: string;
  readonly documentId?: string;
}

export const BLANK_RECEIPT = {
  number: '',
  sha256: '',
  payee: '',
  category: '',
  paidOn: '',
  amount: { amount: '', currency: 'EUR' },
  exchangeRateId: '',
  documentId: '',
};

export function initialProof({ lines, currency }: ProofOfUseView): ProofValues {
  return {
    narrative: '',
    actual: lines.map(({ category }) => ({ category, actual: { amount: '', currency }, explanation: '' })),
    ownShareActual: { amount: '', currency },
    receipts: [BLANK_RECEIPT],
    inventory: [],
  };
}

/** The request of what the form holds; a receipt of which nothing was entered is none. */
export function proofOf(
  id: string,
  { ownShareActual, receipts = [], inventory = [], ...values }: ProofValues,
): Request {
  return {
    proofOfUseId: id,
    ...values,
    ...(ownShareActual?.amount !== undefined && { ownShareActual }),
    receipts: receipts.filter(isBegun),
    inventory,
  } as Request;
}

function isBegun({ amount, ...receipt }: ReceiptValues): boolean {
  return amount?.amount !== undefined || Object.values(receipt).some((value) => value !== '' && value !== undefined);
}

/** What the receipts of a category add up to, of those in the currency of the fund; what is no amount yet does not count. */
export function sumOfReceipts(
  receipts: readonly ReceiptValues[] | undefined,
  category: string,
  currency: string,
): Money | undefined {
  const amounts = (receipts ?? []).flatMap(({ category: of, amount }) =>
    of === category && amount?.currency === currency && /^\d+(\.\d{1,2})?$/.test(amount.amount ?? '')
      ? [{ amount: amount.amount ?? '0', currency }]
      : [],
  );
  return sumOf(amounts)[0];
}
