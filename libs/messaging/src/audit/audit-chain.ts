import type { Client } from 'pg';
import {
  CHAIN_START,
  type ChainHead,
  currentContent,
  findUnsealed,
  type HashChain,
  sealHash,
  type SqlReader,
  walkChain,
} from './hash-chain';

const SEAL_BATCH = 1000;

const FIRST_COLUMNS = `r.id, to_char(r.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), r.actor,
  r.operation, r.object_id, r.object_version, r.correlation_id, r.details::text`;

/**
 * The audit trail's chain. A seal covers every column of its record, so that none can change unseen. Why somebody acted is a text
 * of theirs that must stay erasable: the record holds a salted hash of it, the text lies in `audit_why`.
 */
export const AUDIT_CHAIN: HashChain = {
  name: 'audit',
  sealTable: 'audit_seal',
  sealedIdColumn: 'audit_record_id',
  table: 'audit_record',
  timeColumn: 'recorded_at',
  contents: [
    `json_build_array(${FIRST_COLUMNS})::text`,
    `json_build_array(${FIRST_COLUMNS}, r.changes::text, encode(r.why_hash, 'hex'))::text`,
  ],
  // The sealer needs moments; a record that waits longer, or is on nobody's list, was kept out of the chain.
  isDue: `(r.recorded_at < now() - interval '5 minutes'
    OR NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.audit_record_id = r.id))`,
  isDetachedPartChanged: `r.why_hash IS NOT NULL AND s.format > 1 AND NOT EXISTS (
    SELECT FROM audit_why w WHERE w.audit_record_id = r.id
      AND (w.erased_at IS NOT NULL OR sha256(w.salt || convert_to(w.text, 'UTF8')) = r.why_hash))`,
};

interface SealableRecord {
  readonly id: string;
  /** The record's columns as one JSON array, made by Postgres: the text that is hashed. */
  readonly content: string;
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

const { format: FORMAT, sql: CONTENT } = currentContent(AUDIT_CHAIN);

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
    `INSERT INTO audit_seal (seq, audit_record_id, previous_hash, hash, format)
     SELECT s.*, ${FORMAT} FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[]) AS s`,
    [seals.map((it) => it.seq), seals.map((it) => it.id), seals.map((it) => it.previous), seals.map((it) => it.hash)],
  );
}

/** What a verification of the audit trail found; ids are those of audit records. */
export interface ChainReport {
  readonly isIntact: boolean;
  readonly checked: number;
  /** What a checkpoint would say now. */
  readonly head: ChainHead | undefined;
  readonly fault?: { readonly kind: string; readonly seq?: bigint; readonly auditRecordId?: string };
}

/** Walks the whole audit chain; a cut tail, or a chain hashed anew, shows only against a checkpoint that was kept elsewhere. */
export async function verifyAuditChain(reader: SqlReader, checkpoint?: ChainHead): Promise<ChainReport> {
  const walk = await walkChain(reader, AUDIT_CHAIN, { checkpoints: checkpoint ? [checkpoint] : [] });
  const fault = walk.fault ?? (await findUnsealed(reader, AUDIT_CHAIN)).fault;
  const { position } = walk;
  return {
    isIntact: fault === undefined,
    checked: Number(position.seq),
    head: position.seq > 0n ? position : undefined,
    ...(fault && {
      fault: {
        kind: fault.kind,
        ...(fault.seq !== undefined && { seq: fault.seq }),
        ...(fault.recordId !== undefined && { auditRecordId: fault.recordId }),
      },
    }),
  };
}
