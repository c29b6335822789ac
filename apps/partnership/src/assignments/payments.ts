/** What the bank said of one payment, in the version of the payout that it made. */
export interface PaymentSaying {
  readonly version: number;
  readonly step: 'BOOKED' | 'RETURNED' | 'REOPENED';
  /** Where the payout stands after it. */
  readonly status: string;
  readonly on: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly returnedMinor: bigint;
}

/** Money that went out on a day, or came back (below zero). */
export interface PaidAmount {
  readonly on: string;
  readonly currency: string;
  readonly minor: bigint;
}

/** What holds of one payment by all that was said of it: what was taken back counts as never said. */
export function paidOf(sayings: readonly PaymentSaying[]): PaidAmount[] {
  const inOrder = sayings.toSorted((a, b) => a.version - b.version);
  const last = inOrder.at(-1);
  const booked = inOrder.findLast(({ step }) => step === 'BOOKED');
  if (!last || !booked || !['BOOKED', 'RETURNED'].includes(last.status)) return [];
  const { currency } = booked;
  const out = { on: booked.on, currency, minor: booked.amountMinor };
  if (last.step !== 'RETURNED') return [out];
  return [out, { on: last.on, currency, minor: -last.returnedMinor }];
}
