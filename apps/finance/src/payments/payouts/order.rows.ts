import { AppError } from '#contracts';
import type { Tx } from '#database';
import { orderFromYears } from '../../commitments/commitments/commitment-years.service';
import { type BoundPayee, orderHash } from './order-binding';
import { Payout } from './payout.entity';

// What ordering needs of the tables, for one payout or many with the same few statements.

/** The payouts of these ids, locked in one order for everyone; those that do not exist are left out. */
export async function lockPayouts(tx: Tx, ids: readonly string[]): Promise<Map<string, Payout>> {
  const all = 'WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE';
  const payouts = await tx.select(Payout, all, [ids], 'payout_lock_all');
  return new Map(payouts.map((payout) => [payout.id, payout]));
}

/** The payees of payouts, as an order binds them. */
export async function boundPayees(tx: Tx, payouts: Iterable<Payout>): Promise<Map<string, BoundPayee>> {
  const ids = new Set([...payouts].flatMap(({ payeeId }) => payeeId ?? []));
  const rows = await tx.statement<BoundPayee>('payout_bound_payees', BOUND_PAYEES, [[...ids]]);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Signs a locked payout for a person; two persons sign from an amount on (VV BHO 70). Answers whether that was the last signature,
 * which makes it ORDERED.
 */
export function signOrder(
  payout: Payout,
  payees: ReadonlyMap<string, BoundPayee>,
  { by, at, secondFromMinor }: { by: string; at: Date; secondFromMinor: bigint },
): boolean {
  const payee = payees.get(payout.payeeId ?? '');
  if (!payee) throw new AppError('FINANCE_PAYOUT_BLOCKED', { payoutId: payout.id, reason: 'PAYEE_MISSING' });
  const signatures = payout.amountMinor < secondFromMinor ? 1 : 2;
  const isOrdered = payout.order(by, at, { hash: orderHash(payout, payee), signatures });
  payout.version += 1;
  return isOrdered;
}

/** Writes what signing changed. */
export async function writeOrders(tx: Tx, payouts: readonly Payout[]): Promise<void> {
  await tx.statement('payout_write_orders', WRITE, [
    payouts.map((it) => it.id),
    payouts.map((it) => it.version),
    payouts.map((it) => it.status),
    payouts.map((it) => it.orderedBy),
    payouts.map((it) => it.orderedAt),
    payouts.map((it) => it.secondOrderedBy),
    payouts.map((it) => it.secondOrderedAt),
    payouts.map((it) => it.orderSignatures),
    payouts.map((it) => it.orderNumber),
    payouts.map((it) => it.orderHash),
  ]);
  for (const payout of payouts) tx.noteEntity(payout);
}

/** Takes ordered money out of the open part of its commitments. */
export async function drawOnCommitments(tx: Tx, ordered: readonly Payout[]): Promise<void> {
  const groups = [...Map.groupBy(ordered, (payout) => `${payout.commitmentId} ${payout.budgetYear}`).values()];
  await orderFromYears(
    tx,
    groups.flatMap((group) =>
      group
        .slice(0, 1)
        .map(({ commitmentId, budgetYear: year }) => ({ commitmentId, year, amountMinor: sumOf(group) })),
    ),
  );
}

/** One posting per order: an order that was voided is posted again under its number. */
export function orderReference({ id, orderNumber }: Payout): string {
  return orderNumber === 1 ? id : `${id}/${orderNumber}`;
}

export function sumOf(payouts: readonly Payout[]): bigint {
  return payouts.reduce((total, payout) => total + payout.amountMinor, 0n);
}

const BOUND_PAYEES = `
SELECT id, name, street, building_number, post_code, town, country, iban, account_number, bic, account_holder,
  account_currency
FROM payee WHERE id = ANY ($1::uuid[])`;

const WRITE = `
UPDATE payout p SET version = o.version, status = o.status, ordered_by = o.ordered_by, ordered_at = o.ordered_at,
  second_ordered_by = o.second_ordered_by, second_ordered_at = o.second_ordered_at, order_signatures = o.signatures,
  order_number = o.number, order_hash = o.hash
FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::timestamptz[], $8::int[], $9::int[],
  $10::text[]) AS o (id, version, status, ordered_by, ordered_at, second_ordered_by, second_ordered_at, signatures, number, hash)
WHERE p.id = o.id`;
