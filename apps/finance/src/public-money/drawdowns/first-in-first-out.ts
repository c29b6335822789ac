/** Money that was received and has to be spent by a day. */
export interface Lot {
  readonly id: string;
  readonly receivedOn: string;
  /** The last day that is in time. */
  readonly deadlineOn: string;
  readonly amountMinor: bigint;
}

export interface Spending {
  readonly id: string;
  readonly spentOn: string;
  readonly amountMinor: bigint;
}

/** The part of a spending that used a lot. */
export interface Use {
  readonly lotId: string;
  readonly spendingId: string;
  readonly spentOn: string;
  readonly amountMinor: bigint;
  readonly isLate: boolean;
}

/**
 * Allocates spending to the money received, first in, first out: the earliest payment uses the earliest receipt. A payment made
 * before the money arrived uses it, too; it counts as spent on arrival. What exceeds all lots is allocated to none.
 * Source: docs/domain.md#drawdowns.
 */
export function allocateFirstInFirstOut(lots: readonly Lot[], spendings: readonly Spending[]): Use[] {
  const queue = [...lots]
    .sort((a, b) => compare(a.receivedOn, b.receivedOn) || compare(a.id, b.id))
    .map((lot) => ({ lot, leftMinor: lot.amountMinor }));
  const payments = [...spendings].sort((a, b) => compare(a.spentOn, b.spentOn) || compare(a.id, b.id));
  const uses: Use[] = [];
  let first = 0;
  for (const payment of payments) {
    let openMinor = payment.amountMinor;
    while (openMinor > 0n) {
      const head = queue[first];
      if (!head) return uses;
      const amountMinor = openMinor < head.leftMinor ? openMinor : head.leftMinor;
      if (amountMinor > 0n) uses.push(useOf(head.lot, payment, amountMinor));
      openMinor -= amountMinor;
      head.leftMinor -= amountMinor;
      if (head.leftMinor === 0n) first++;
    }
  }
  return uses;
}

function useOf(lot: Lot, payment: Spending, amountMinor: bigint): Use {
  const spentOn = payment.spentOn < lot.receivedOn ? lot.receivedOn : payment.spentOn;
  return { lotId: lot.id, spendingId: payment.id, spentOn, amountMinor, isLate: spentOn > lot.deadlineOn };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
