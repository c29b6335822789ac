import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { Database } from '#database';

/** The chain begins with these 32 zero bytes. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

const SEAL_BATCH = 1000;
const VERIFY_BATCH = 5000;

interface SealableRecord {
  readonly id: string;
  /** The record's columns as one JSON array, made by Postgres: the text that is hashed. */
  readonly content: string;
}

/** What a hash covers, in SQL: every column of the record, so that none can change unseen. */
const CONTENT = `json_build_array(r.id, to_char(r.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), r.actor,
  r.operation, r.object_id, r.object_version, r.correlation_id, r.details::text)::text`;

/** `hash = sha256(previous hash, as 32 bytes, followed by the content in UTF-8)`. */
export function sealHash(previousHash: Buffer, content: string): Buffer {
  return createHash('sha256').update(previousHash).update(content, 'utf8').digest();
}

/** Chains the committed records that are not in the chain yet; only the leader may run it. Answers how many. */
export async function sealAuditRecords(leader: Client): Promise<number> {
  await leader.query('BEGIN');
  try {
    const { rows } = await leader.query<SealableRecord>(TAKE, [SEAL_BATCH]);
    if (rows.length > 0) await appendSeals(leader, rows);
    await leader.query('COMMIT');
    return rows.length;
  } catch (error) {
    await leader.query('ROLLBACK');
    throw error;
  }
}

const TAKE = `
  WITH taken AS (
    DELETE FROM audit_unsealed WHERE audit_record_id IN (
      SELECT audit_record_id FROM audit_unsealed ORDER BY audit_record_id LIMIT $1
    ) RETURNING audit_record_id
  )
  SELECT r.id, ${CONTENT} AS content FROM audit_record r JOIN taken ON taken.audit_record_id = r.id ORDER BY r.id`;

async function appendSeals(leader: Client, records: readonly SealableRecord[]): Promise<void> {
  const { rows } = await leader.query<{ seq: bigint; hash: Buffer }>(
    'SELECT seq, hash FROM audit_seal ORDER BY seq DESC LIMIT 1',
  );
  let seq = rows[0]?.seq ?? 0n;
  let previous = rows[0]?.hash ?? CHAIN_START;
  const seals = records.map(({ id, content }) => {
    const hash = sealHash(previous, content);
    const seal = { seq: (seq += 1n), id, previous, hash };
    previous = hash;
    return seal;
  });
  await leader.query(
    `INSERT INTO audit_seal (seq, audit_record_id, previous_hash, hash)
     SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[])`,
    [seals.map((it) => it.seq), seals.map((it) => it.id), seals.map((it) => it.previous), seals.map((it) => it.hash)],
  );
}

export interface ChainHead {
  readonly seq: bigint;
  readonly hash: string;
}

export type ChainFault =
  | { kind: 'record-changed' | 'record-missing' | 'link-broken'; seq: bigint; auditRecordId: string }
  | { kind: 'seal-missing'; seq: bigint }
  | { kind: 'record-unsealed'; auditRecordId: string }
  | { kind: 'checkpoint-differs'; seq: bigint };

export interface ChainReport {
  readonly isIntact: boolean;
  readonly checked: number;
  /** To be kept outside the system: the next verification proves that nothing up to here was rewritten or cut off. */
  readonly head: ChainHead | undefined;
  readonly fault?: ChainFault;
}

interface ChainRow {
  readonly seq: bigint;
  readonly auditRecordId: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
  readonly content: string | null;
}

/**
 * Walks the whole audit chain and names the first record that was changed, removed, moved or left out. A tail that was cut off, or
 * a chain that was hashed anew from the start, shows only against a checkpoint kept elsewhere.
 */
export async function verifyAuditChain(database: Database, checkpoint?: ChainHead): Promise<ChainReport> {
  let expectedSeq = 1n;
  let previous: Buffer = CHAIN_START;
  let isCheckpointSeen = checkpoint === undefined;
  for (;;) {
    const rows = await database.query<ChainRow>(WALK, [expectedSeq, VERIFY_BATCH]);
    for (const row of rows) {
      const fault = faultOf(row, { seq: expectedSeq, previous });
      if (fault) return report(expectedSeq, previous, fault);
      if (checkpoint?.seq === row.seq) {
        if (row.hash.toString('hex') !== checkpoint.hash) {
          return report(expectedSeq, previous, { kind: 'checkpoint-differs', seq: row.seq });
        }
        isCheckpointSeen = true;
      }
      expectedSeq += 1n;
      previous = row.hash;
    }
    if (rows.length < VERIFY_BATCH) break;
  }
  if (!isCheckpointSeen && checkpoint)
    return report(expectedSeq, previous, { kind: 'seal-missing', seq: checkpoint.seq });
  const [unsealed] = await database.query<{ id: string }>(UNSEALED);
  const fault = unsealed && { kind: 'record-unsealed' as const, auditRecordId: unsealed.id };
  return report(expectedSeq, previous, fault);
}

function faultOf(row: ChainRow, expected: { seq: bigint; previous: Buffer }): ChainFault | undefined {
  const { seq, auditRecordId } = row;
  if (seq !== expected.seq) return { kind: 'seal-missing', seq: expected.seq };
  if (row.content === null) return { kind: 'record-missing', seq, auditRecordId };
  if (!row.previousHash.equals(expected.previous)) return { kind: 'link-broken', seq, auditRecordId };
  if (!sealHash(row.previousHash, row.content).equals(row.hash)) return { kind: 'record-changed', seq, auditRecordId };
  return undefined;
}

function report(nextSeq: bigint, hash: Buffer, fault: ChainFault | undefined): ChainReport {
  const head = nextSeq > 1n ? { seq: nextSeq - 1n, hash: hash.toString('hex') } : undefined;
  return { isIntact: fault === undefined, checked: Number(nextSeq - 1n), head, ...(fault && { fault }) };
}

const WALK = `
  SELECT s.seq, s.audit_record_id AS "auditRecordId", s.previous_hash AS "previousHash", s.hash,
    CASE WHEN r.id IS NOT NULL THEN ${CONTENT} END AS content
  FROM audit_seal s LEFT JOIN audit_record r ON r.id = s.audit_record_id
  WHERE s.seq >= $1 ORDER BY s.seq LIMIT $2`;

// The sealer needs moments; a record that waits longer, or is on nobody's list, was kept out of the chain.
const UNSEALED = `
  SELECT r.id FROM audit_record r LEFT JOIN audit_seal s ON s.audit_record_id = r.id
  WHERE s.seq IS NULL AND (
    r.recorded_at < now() - interval '5 minutes'
    OR NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.audit_record_id = r.id)
  ) ORDER BY r.id LIMIT 1`;
