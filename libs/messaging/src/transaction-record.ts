import assert from 'node:assert/strict';
import type { Tx } from '#database';
import { newId } from '#platform';

/** Why a transaction runs: carried into its messages and its audit record. */
export interface Cause {
  /** A user's id, or `message:<subject>` / `service:<name>` where no person acts. */
  readonly actor: string;
  readonly operation: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
}

export interface AuditEntry {
  readonly objectId?: string;
  readonly objectVersion?: number;
  /** Facts for auditors; never personal data. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface StoredAnswer {
  readonly scope: Buffer;
  readonly fingerprint: Buffer;
  readonly operation: string;
  readonly reply: string | null;
  readonly error: string | null;
  readonly keepDays: number;
}

interface OutboxRow {
  readonly id: string;
  readonly subject: string;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly data: string;
  readonly occurredAt: Date;
  readonly signature: string | null;
}

/** Another request stored an answer under the same key a moment ago; running again finds it. */
export class KeyTakenError extends Error {}

/** What one cause left behind. A transaction has one of these, or, where commands share it, one for each. */
interface Entry {
  readonly messages: OutboxRow[];
  cause?: Cause;
  audit?: AuditEntry;
  answer?: StoredAnswer;
}

const records = new WeakMap<Tx, TransactionRecord>();

/**
 * What a transaction leaves behind besides its effect: messages, audit records and the answers to idempotency keys. Collected while
 * the work runs and written in ONE statement just before COMMIT. Whatever publishes is audited, with or without a command.
 */
export class TransactionRecord {
  private readonly entries: Entry[] = [];
  private current: Entry = this.open();

  private constructor(private readonly tx: Tx) {}

  static of(tx: Tx): TransactionRecord {
    let record = records.get(tx);
    if (!record) {
      record = new TransactionRecord(tx);
      records.set(tx, record);
      tx.beforeCommit(() => TransactionRecord.of(tx).write());
    }
    return record;
  }

  get isWithoutMessages(): boolean {
    return this.entries.every(({ messages }) => messages.length === 0);
  }

  /** From here on everything is of this cause. */
  because(cause: Cause): void {
    if (this.current.cause) this.current = this.open();
    this.current.cause = cause;
  }

  add(message: OutboxRow): void {
    this.current.messages.push(message);
  }

  auditAs(entry: AuditEntry): void {
    this.current.audit = entry;
  }

  answerWith(answer: StoredAnswer): void {
    this.current.answer = answer;
  }

  private open(): Entry {
    const entry: Entry = { messages: [] };
    this.entries.push(entry);
    return entry;
  }

  private async write(): Promise<void> {
    const entries = this.entries.map((entry) => ({ ...entry, cause: entry.cause ?? ownCause(entry) }));
    const messages = entries.flatMap(messageRows);
    const audits = entries.flatMap(auditRow);
    const answers = entries.flatMap(answerRow);
    if (messages.length + audits.length + answers.length === 0) return;
    const [row] = await this.tx.statement<{ answers: number }>('messaging_record', WRITE, [
      ...columns(messages, MESSAGE_COLUMNS),
      ...columns(audits, AUDIT_COLUMNS),
      ...columns(answers, ANSWER_COLUMNS),
    ]);
    if (row?.answers !== answers.length) throw new KeyTakenError();
  }
}

const MESSAGE_COLUMNS = 10;
const AUDIT_COLUMNS = 7;
const ANSWER_COLUMNS = 6;

type CausedEntry = Entry & { readonly cause: Cause };

/** A service that acts by itself, on nobody's behalf. */
function ownCause({ messages }: Entry): Cause {
  return { actor: 'service', operation: messages[0]?.subject ?? 'unknown', correlationId: newId() };
}

function messageRows({ messages, cause }: CausedEntry): unknown[][] {
  return messages.map((it) => [
    it.id,
    it.subject,
    it.aggregateId,
    it.aggregateVersion,
    it.data,
    it.occurredAt,
    it.signature,
    cause.correlationId,
    cause.causationId ?? null,
    cause.traceparent ?? null,
  ]);
}

function auditRow({ messages, cause, audit }: CausedEntry): unknown[][] {
  const [first] = messages;
  if (!audit && !first) return [];
  const published = messages.map((it) => it.subject);
  const row = [
    newId(),
    cause.actor,
    cause.operation,
    audit?.objectId ?? first?.aggregateId ?? null,
    audit?.objectVersion ?? first?.aggregateVersion ?? null,
    cause.correlationId,
    JSON.stringify({ ...audit?.details, ...(published.length > 0 && { published }) }),
  ];
  return [row];
}

function answerRow({ answer }: Entry): unknown[][] {
  if (!answer) return [];
  const { scope, fingerprint, operation, reply, error, keepDays } = answer;
  assert((reply === null) !== (error === null), 'an answer is a reply or an error');
  return [[scope, fingerprint, operation, reply, error, keepDays]];
}

/** Rows turned into one array for each column, as unnest wants them. */
function columns(rows: readonly unknown[][], count: number): unknown[][] {
  return Array.from({ length: count }, (_, column) => rows.map((row) => row[column]));
}

const WRITE = `
  WITH message AS (
    INSERT INTO outbox_message
      (id, subject, aggregate_id, aggregate_version, data, occurred_at, signature, correlation_id, causation_id, traceparent)
    SELECT m.id, m.subject, m.aggregate_id, m.aggregate_version, m.data, m.occurred_at, m.signature, m.correlation_id,
      m.causation_id, m.traceparent
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[],
      $10::text[])
      WITH ORDINALITY AS m (id, subject, aggregate_id, aggregate_version, data, occurred_at, signature, correlation_id,
        causation_id, traceparent, ordinal)
    ORDER BY m.ordinal
  ), audit AS (
    INSERT INTO audit_record (id, actor, operation, object_id, object_version, correlation_id, details)
    SELECT a.id, a.actor, a.operation, a.object_id, a.object_version, a.correlation_id, a.details::jsonb
    FROM unnest($11::uuid[], $12::text[], $13::text[], $14::text[], $15::int[], $16::text[], $17::text[])
      AS a (id, actor, operation, object_id, object_version, correlation_id, details)
  ), unsealed AS (
    INSERT INTO audit_unsealed (audit_record_id) SELECT unnest($11::uuid[])
  ), answer AS (
    INSERT INTO idempotency_key AS k (scope, fingerprint, operation, reply, error, expires_at)
    SELECT a.scope, a.fingerprint, a.operation, a.reply, a.error, now() + make_interval(days => a.keep_days)
    FROM unnest($18::bytea[], $19::bytea[], $20::text[], $21::text[], $22::text[], $23::int[])
      AS a (scope, fingerprint, operation, reply, error, keep_days)
    ON CONFLICT (scope) DO UPDATE SET fingerprint = excluded.fingerprint, operation = excluded.operation,
      reply = excluded.reply, error = excluded.error, created_at = now(), expires_at = excluded.expires_at
      WHERE k.expires_at <= now()
    RETURNING 1
  )
  SELECT count(*)::int AS answers FROM answer`;
