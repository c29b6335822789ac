import type { AuditSubject } from './audit-subject';
import type { HashChain } from './hash-chain';

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
  next: (content) => `
    WITH taken AS (
      DELETE FROM audit_unsealed WHERE audit_record_id IN (
        SELECT audit_record_id FROM audit_unsealed ORDER BY audit_record_id LIMIT $1
      ) RETURNING audit_record_id
    )
    SELECT r.id, ${content} AS content FROM audit_record r JOIN taken ON taken.audit_record_id = r.id ORDER BY r.id`,
  // The sealer needs moments; a record that waits longer, or is on nobody's list, was kept out of the chain.
  isDue: `(r.recorded_at < now() - interval '5 minutes'
    OR NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.audit_record_id = r.id))`,
  isDetachedPartChanged: `r.why_hash IS NOT NULL AND s.format > 1 AND NOT EXISTS (
    SELECT FROM audit_why w WHERE w.audit_record_id = r.id
      AND (w.erased_at IS NOT NULL OR sha256(w.salt || convert_to(w.text, 'UTF8')) = r.why_hash))`,
};

/** The audit trail, which every service has. */
export const AUDIT_TRAIL: AuditSubject = { chain: AUDIT_CHAIN, record: 'audit record' };
