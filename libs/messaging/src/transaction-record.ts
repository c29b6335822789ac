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

const records = new WeakMap<Tx, TransactionRecord>();

/**
 * What a transaction leaves behind besides its effect: messages, an audit record and the answer to its idempotency key. Collected
 * while the work runs and written in ONE statement just before COMMIT. Whatever publishes is audited, with or without a command.
 */
export class TransactionRecord {
  private readonly messages: OutboxRow[] = [];
  private cause: Cause | undefined;
  private audit: AuditEntry | undefined;
  private answer: StoredAnswer | undefined;

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
    return this.messages.length === 0;
  }

  because(cause: Cause): void {
    this.cause = cause;
  }

  add(message: OutboxRow): void {
    this.messages.push(message);
  }

  auditAs(entry: AuditEntry): void {
    this.audit = entry;
  }

  answerWith(answer: StoredAnswer): void {
    this.answer = answer;
  }

  private async write(): Promise<void> {
    if (this.messages.length === 0 && !this.audit && !this.answer) return;
    const [row] = await this.tx.statement<{ answers: number }>('messaging_record', WRITE, [
      ...this.messageParameters(),
      ...this.auditParameters(),
      ...this.answerParameters(),
    ]);
    if (this.answer && row?.answers !== 1) throw new KeyTakenError();
  }

  private messageParameters(): unknown[] {
    const { messages } = this;
    return [
      messages.map((it) => it.id),
      messages.map((it) => it.subject),
      messages.map((it) => it.aggregateId),
      messages.map((it) => it.aggregateVersion),
      messages.map((it) => it.data),
      messages.map((it) => it.occurredAt),
      this.cause?.correlationId ?? newId(),
      this.cause?.causationId ?? null,
      this.cause?.traceparent ?? null,
      messages.map((it) => it.signature),
    ];
  }

  private auditParameters(): unknown[] {
    const [first] = this.messages;
    const isAudited = this.audit !== undefined || first !== undefined;
    if (!isAudited) return Array<null>(6).fill(null);
    const published = this.messages.map((it) => it.subject);
    const details = { ...this.audit?.details, ...(published.length > 0 && { published }) };
    return [
      newId(),
      this.cause?.actor ?? 'service',
      this.cause?.operation ?? first?.subject ?? 'unknown',
      this.audit?.objectId ?? first?.aggregateId ?? null,
      this.audit?.objectVersion ?? first?.aggregateVersion ?? null,
      JSON.stringify(details),
    ];
  }

  private answerParameters(): unknown[] {
    if (!this.answer) return Array<null>(6).fill(null);
    const { scope, fingerprint, operation, reply, error, keepDays } = this.answer;
    assert((reply === null) !== (error === null), 'an answer is a reply or an error');
    return [scope, fingerprint, operation, reply, error, keepDays];
  }
}

const WRITE = `
  WITH message AS (
    INSERT INTO outbox_message
      (id, subject, aggregate_id, aggregate_version, data, occurred_at, signature, correlation_id, causation_id, traceparent)
    SELECT m.id, m.subject, m.aggregate_id, m.aggregate_version, m.data, m.occurred_at, m.signature, $7, $8, $9
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::timestamptz[], $10::text[])
      WITH ORDINALITY AS m (id, subject, aggregate_id, aggregate_version, data, occurred_at, signature, ordinal)
    ORDER BY m.ordinal
  ), audit AS (
    INSERT INTO audit_record (id, actor, operation, object_id, object_version, correlation_id, details)
    SELECT $11::uuid, $12::text, $13::text, $14::text, $15::int, $7, $16::jsonb WHERE $11::uuid IS NOT NULL
  ), unsealed AS (
    INSERT INTO audit_unsealed (audit_record_id) SELECT $11::uuid WHERE $11::uuid IS NOT NULL
  ), answer AS (
    INSERT INTO idempotency_key AS k (scope, fingerprint, operation, reply, error, expires_at)
    SELECT $17::bytea, $18::bytea, $19::text, $20::text, $21::text, now() + make_interval(days => $22::int)
    WHERE $17::bytea IS NOT NULL
    ON CONFLICT (scope) DO UPDATE SET fingerprint = excluded.fingerprint, operation = excluded.operation,
      reply = excluded.reply, error = excluded.error, created_at = now(), expires_at = excluded.expires_at
      WHERE k.expires_at <= now()
    RETURNING 1
  )
  SELECT count(*)::int AS answers FROM answer`;
