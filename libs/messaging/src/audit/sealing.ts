import type { Tx } from '#database';
import { CHAIN_START, type HashChain, sealHash } from './hash-chain';

/** Appended to a chain in one transaction, at most. */
export const SEALED_AT_ONCE = 1000;

interface Unsealed {
  readonly id: string;
  /** The row's columns as one JSON array, made by Postgres: the text that is hashed. */
  readonly content: string;
}

/** Appends to the chain what is committed and not in it yet, one replica after the other; answers how many. */
export async function appendSeals(tx: Tx, chain: HashChain, service: string): Promise<number> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${service}.${chain.name}-chain`]);
  const content = chain.contents.at(-1) ?? 'NULL';
  const rows = await tx.query<Unsealed>(chain.next(content), [SEALED_AT_ONCE]);
  if (rows.length === 0) return 0;
  const [head] = await tx.query<{ seq: bigint; hash: Buffer }>(
    `SELECT seq, hash FROM ${chain.sealTable} ORDER BY seq DESC LIMIT 1`,
  );
  let previous = head?.hash ?? CHAIN_START;
  const seals = rows.map(({ id, content: text }, index) => {
    const seal = { seq: (head?.seq ?? 0n) + BigInt(index + 1), id, previous, hash: sealHash(previous, text) };
    previous = seal.hash;
    return seal;
  });
  await tx.query(
    `INSERT INTO ${chain.sealTable} (seq, ${chain.sealedIdColumn}, previous_hash, hash, format)
     SELECT s.*, $5 FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[]) AS s`,
    [
      seals.map(({ seq }) => seq),
      seals.map(({ id }) => id),
      seals.map((seal) => seal.previous),
      seals.map(({ hash }) => hash),
      chain.contents.length,
    ],
  );
  return seals.length;
}
