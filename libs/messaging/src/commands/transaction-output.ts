import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { AUDIT_CHANGES_MAX } from '#contracts';
import type { ObjectChange, Tx } from '#database';
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
  /** The actor's own words. They are kept beside the record, so that they can be erased. */
  readonly why?: string;
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

const outputs = new WeakMap<Tx, TransactionOutput>();

/**
 * What a transaction leaves behind besides its effect: messages, audit records and the answers to idempotency keys. Collected while
 * the work runs and written in ONE statement just before COMMIT. Whatever publishes is audited, with or without a command.
 */
export class TransactionOutput {
  private readonly entries: Entry[] = [];
  private current: Entry = this.open();

  private constructor(private readonly tx: Tx) {}

  static of(tx: Tx): TransactionOutput {
    let output = outputs.get(tx);
    if (!output) {
      output = new TransactionOutput(tx);
      outputs.set(tx, output);
      tx.beforeCommit(() => TransactionOutput.of(tx).write());
    }
    return output;
  }

  /** For whom the work runs at this moment. */
  get actor(): string {
    return this.current.cause?.actor ?? 'service';
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
    const audits = entries.flatMap((entry) => auditRow(entry, changesOf(entry, entries, this.tx.changes)));
    const answers = entries.flatMap(answerRow);
    if (messages.length + audits.length + answers.length === 0) return;
    const [row] = await this.tx.statement<{ answers: number }>('messaging_output', WRITE, [
      ...columns(messages, MESSAGE_COLUMNS),
      ...columns(audits, AUDIT_COLUMNS),
      ...columns(answers, ANSWER_COLUMNS),
    ]);
    if (row?.answers !== answers.length) throw new KeyTakenError();
  }
}

/** On whose behalf a transaction runs: a user's id, `message:<subject>`, or `service`. */
export function actorOf(tx: Tx): string {
  return TransactionOutput.of(tx).actor;
}

const MESSAGE_COLUMNS = 10;
const AUDIT_COLUMNS = 11;
/** A sweep may touch thousands of objects; the messages it published name them all. */
const CHANGES_MAX = AUDIT_CHANGES_MAX;
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

/** Of several causes in one transaction each gets what became of its object; what no single one names they did together. */
function changesOf(
  entry: CausedEntry,
  entries: readonly CausedEntry[],
  changes: readonly ObjectChange[],
): readonly ObjectChange[] {
  if (entries.length === 1) return changes;
  const owned = new Set(entries.map(objectIdOf));
  return changes.filter(({ id }) => id === objectIdOf(entry) || !owned.has(id));
}

function objectIdOf({ audit, messages }: CausedEntry): string | null {
  return audit?.objectId ?? messages[0]?.aggregateId ?? null;
}

function auditRow({ messages, cause, audit }: CausedEntry, changes: readonly ObjectChange[]): unknown[][] {
  const [first] = messages;
  if (!audit && !first) return [];
  const published = messages.map((it) => it.subject);
  const salt = audit?.why === undefined ? null : randomBytes(16);
  const more = changes.length - CHANGES_MAX;
  const row = [
    newId(),
    cause.actor,
    cause.operation,
    audit?.objectId ?? first?.aggregateId ?? null,
    audit?.objectVersion ?? first?.aggregateVersion ?? null,
    cause.correlationId,
    JSON.stringify({
      ...audit?.details,
      ...(published.length > 0 && { published }),
      ...(more > 0 && { moreChanges: more }),
    }),
    changes.length > 0 ? JSON.stringify(changes.slice(0, CHANGES_MAX)) : null,
    salt,
    audit?.why ?? null,
    salt && whyHash(salt, audit?.why ?? ''),
  ];
  return [row];
}

function whyHash(salt: Buffer, why: string): Buffer {
  return createHash('sha256').update(salt).update(why, 'utf8').digest();
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
    INSERT INTO audit_record (id, actor, operation, object_id, object_version, correlation_id, details, changes, why_hash)
    SELECT a.id, a.actor, a.operation, a.object_id, a.object_version, a.correlation_id, a.details::jsonb, a.changes::jsonb, a.why_hash
    FROM unnest($11::uuid[], $12::text[], $13::text[], $14::text[], $15::int[], $16::text[], $17::text[], $18::text[], $21::bytea[])
      AS a (id, actor, operation, object_id, object_version, correlation_id, details, changes, why_hash)
  ), unsealed AS (
    INSERT INTO audit_unsealed (audit_record_id) SELECT unnest($11::uuid[])
  ), why AS (
    INSERT INTO audit_why (audit_record_id, salt, text)
    SELECT w.id, w.salt, w.text FROM unnest($11::uuid[], $19::bytea[], $20::text[]) AS w (id, salt, text) WHERE w.salt IS NOT NULL
  ), answer AS (
    INSERT INTO idempotency_key AS k (scope, fingerprint, operation, reply, error, expires_at)
    SELECT a.scope, a.fingerprint, a.operation, a.reply, a.error, now() + make_interval(days => a.keep_days)
    FROM unnest($22::bytea[], $23::bytea[], $24::text[], $25::text[], $26::text[], $27::int[])
      AS a (scope, fingerprint, operation, reply, error, keep_days)
    ON CONFLICT (scope) DO UPDATE SET fingerprint = excluded.fingerprint, operation = excluded.operation,
      reply = excluded.reply, error = excluded.error, created_at = now(), expires_at = excluded.expires_at
      WHERE k.expires_at <= now()
    RETURNING 1
  )
  SELECT count(*)::int AS answers FROM answer`;
