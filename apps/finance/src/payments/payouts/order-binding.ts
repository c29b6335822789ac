import type { Columns } from '#database';
import { createHash } from 'node:crypto';
import { canonicalJson } from '#platform';
import type { Payout } from './payout.entity';

/** What of a payee stands in the bank file. */
export interface BoundPayee {
  readonly id: string;
  readonly name: string;
  readonly street: string | null;
  readonly buildingNumber: string | null;
  readonly postCode: string | null;
  readonly town: string;
  readonly country: string;
  readonly iban: string | null;
  readonly accountNumber: string | null;
  readonly bic: string | null;
  readonly accountHolder: string;
  readonly accountCurrency: string;
}

type Bound = Pick<
  Columns<Payout>,
  | 'id'
  | 'category'
  | 'instalment'
  | 'dueOn'
  | 'assignmentId'
  | 'reference'
  | 'purpose'
  | 'creditorReference'
  | 'amountMinor'
  | 'currency'
  | 'instructedMinor'
  | 'instructedCurrency'
>;

/** What the order binds of it. The case number is no part: it never changes, and orders of before it hold on. */
function purposeOf(payout: Pick<Bound, 'category' | 'instalment' | 'dueOn' | 'assignmentId'>): string {
  return `${payout.category} ${payout.instalment} ${payout.dueOn} ${payout.assignmentId}`;
}

/** sha256 of payee, account, amount and purpose: an order holds for exactly this (docs/domain.md#before-a-payment). */
export function orderHash(payout: Bound, payee: BoundPayee): string {
  const content = {
    payoutId: payout.id,
    amountMinor: payout.amountMinor.toString(),
    currency: payout.currency,
    ...(payout.instructedMinor !== null && {
      instructed: `${payout.instructedMinor} ${payout.instructedCurrency}`,
    }),
    purpose: purposeOf(payout),
    reference: payout.reference,
    // Left out where there is none: orders of before hold on.
    ...(payout.purpose !== null && { expense: payout.purpose }),
    ...(payout.creditorReference !== null && { creditorReference: payout.creditorReference }),
    payee: { id: payee.id, name: payee.name },
    address: {
      street: payee.street,
      buildingNumber: payee.buildingNumber,
      postCode: payee.postCode,
      town: payee.town,
      country: payee.country,
    },
    account: {
      iban: payee.iban,
      accountNumber: payee.accountNumber,
      bic: payee.bic,
      holder: payee.accountHolder,
      currency: payee.accountCurrency,
    },
  };
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
