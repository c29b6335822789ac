import type { Database, Tx } from '#database';

/** The newest position that any message of the service has. Those of the payout feed are some of these. */
export async function lastPosition(source: Pick<Database | Tx, 'query'>): Promise<bigint> {
  const [row] = await source.query<{ last: bigint }>('SELECT coalesce(max(position), 0) AS last FROM outbox_message');
  return row?.last ?? 0n;
}

/** The position of the newest payout message. */
export async function endOfFeed(source: Pick<Database | Tx, 'query'>): Promise<bigint> {
  const [row] = await source.query<{ end: bigint }>(
    `SELECT coalesce(max(position), 0) AS "end" FROM outbox_message WHERE subject LIKE 'evt.finance.payout.%'`,
  );
  return row?.end ?? 0n;
}
