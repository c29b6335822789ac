import type { Tx } from '#database';

/** Whether a message of the outbox belongs to a webhook with these subjects: `$n` is the parameter that holds them. */
export function isWanted(message: string, subjects: string): string {
  return `${message}.subject LIKE 'evt.finance.payout.%' AND ('evt.finance.payout.*' = ANY (${subjects}) OR ${message}.subject = ANY (${subjects}))`;
}

/** The newest position that any message has. */
export async function lastPosition(tx: Tx): Promise<bigint> {
  const [row] = await tx.query<{ last: bigint }>('SELECT coalesce(max(position), 0) AS last FROM outbox_message');
  return row?.last ?? 0n;
}
