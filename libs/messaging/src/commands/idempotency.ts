import { createHash } from 'node:crypto';
import { AppError, type ErrorReply, pathParameters } from '#contracts';
import type { Tx } from '#database';
import { type Call, canonicalJson } from '#platform';
import type { AnswerSeal } from './answer-seal';
import type { StoredAnswer } from './transaction-output';

const KEEP_DAYS = { optional: 1, required: 30 };

/** What makes two requests the same: who, what, on what and under which key; the fingerprint tells whether they also say the same. */
export interface Key {
  readonly scope: Buffer;
  readonly fingerprint: Buffer;
}

/** Whether a request has its key now, or what another one that had it before left: a reply, or a refusal to repeat. */
export type KeyState =
  | { readonly isFresh: true }
  | { readonly isFresh: false; readonly refusal: AppError; readonly isReplayed: boolean }
  | { readonly isFresh: false; readonly reply: unknown; readonly isReplayed: true };

/** Undefined for a request without a key. */
export function keyOf(call: Call): Key | undefined {
  if (call.idempotencyKey === undefined) return undefined;
  const request = (call.request ?? {}) as Record<string, unknown>;
  const path = pathParameters(call.operation.http.path).map((name) => String(request[name]));
  const scope = canonicalJson([call.caller.subject, call.operation.subject, path, call.idempotencyKey]);
  return { scope: sha256(scope), fingerprint: requestHash(call) };
}

export function requestHash(call: Call): Buffer {
  return sha256(canonicalJson({ request: call.request ?? null, expectedVersion: call.expectedVersion ?? null }));
}

/** Locks the keys until the end of the transaction, in one statement; one state for each key, in their order. */
export async function lockKeys(tx: Tx, keys: readonly Key[], seal: AnswerSeal): Promise<KeyState[]> {
  if (keys.length === 0) return [];
  const rows = await tx.statement<KeyRow>('messaging_lock_keys', LOCK_KEYS, [
    keys.map(({ scope }) => scope),
    keys.map(({ scope }) => scope.readBigInt64BE(0)),
  ]);
  const states: KeyState[] = [];
  for (const row of rows) {
    const key = keys[Number(row.ordinal) - 1];
    if (key) states[Number(row.ordinal) - 1] = stateOf(key, row, seal);
  }
  return states;
}

interface KeyRow {
  ordinal: bigint;
  isFresh: boolean;
  fingerprint: Buffer | null;
  reply: string | null;
  error: string | null;
}

function stateOf(key: Key, { isFresh, fingerprint, reply, error }: KeyRow, seal: AnswerSeal): KeyState {
  const refused = (refusal: AppError, isReplayed = false): KeyState => ({ isFresh: false, refusal, isReplayed });
  if (!fingerprint) return isFresh ? { isFresh } : refused(new AppError('PLATFORM_REQUEST_IN_PROGRESS'));
  if (!fingerprint.equals(key.fingerprint)) return refused(new AppError('PLATFORM_IDEMPOTENCY_KEY_REUSED'));
  const opened = seal.open(error ?? reply ?? 'null', key.scope);
  if (error !== null) return refused(AppError.fromReply(JSON.parse(opened) as ErrorReply), true);
  return { isFresh: false, reply: JSON.parse(opened), isReplayed: true };
}

// The lock tells of a twin that still runs and goes with the transaction. A twin that commits between this statement's snapshot
// and its lock is not seen here; then storing the answer fails on the primary key, and the next run finds the answer.
const LOCK_KEYS = `
  SELECT asked.ordinal, pg_try_advisory_xact_lock(asked.lock) AS is_fresh, k.fingerprint, k.reply, k.error
  FROM unnest($1::bytea[], $2::bigint[]) WITH ORDINALITY AS asked (scope, lock, ordinal)
  LEFT JOIN idempotency_key k ON k.scope = asked.scope AND k.expires_at > now()`;

export function storedReply(call: Call, key: Key, reply: unknown, seal: AnswerSeal): StoredAnswer {
  return { ...key, ...declared(call), reply: seal.seal(JSON.stringify(reply ?? null), key.scope), error: null };
}

export function storedRefusal(call: Call, key: Key, refusal: AppError, seal: AnswerSeal): StoredAnswer {
  return { ...key, ...declared(call), reply: null, error: seal.seal(JSON.stringify(refusal.toReply()), key.scope) };
}

function declared({ operation }: Call): Pick<StoredAnswer, 'operation' | 'keepDays'> {
  return { operation: operation.subject, keepDays: KEEP_DAYS[operation.idempotency ?? 'optional'] };
}

/** Same request, same refusal: state conflicts and meaning. Whatever may pass by itself (rights, limits, outages) is not stored. */
export function isRepeating(error: AppError): boolean {
  return error.kind === 'conflict' || error.kind === 'unprocessable';
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
