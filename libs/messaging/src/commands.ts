import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, type ErrorReply, pathParameters } from '#contracts';
import { Database, type Tx } from '#database';
import { type Call, canonicalJson } from '#platform';
import { failpoint } from './failpoint';
import { KeyTakenError, type StoredAnswer, TransactionRecord } from './transaction-record';

const KEEP_DAYS = { optional: 1, required: 30 };
const RUNS_MAX = 3;

interface Key {
  readonly scope: Buffer;
  readonly fingerprint: Buffer;
}
type Outcome<T> = { readonly isReplayed: boolean; readonly reply: T };

/**
 * Runs a write on behalf of a caller in ONE transaction: idempotency key, effect, messages and audit record commit together. With
 * an idempotency key the same request is carried out once: a repetition gets the stored answer (also a refusal that would repeat),
 * another request under the key is refused with PLATFORM_IDEMPOTENCY_KEY_REUSED, and one that still runs answers
 * PLATFORM_REQUEST_IN_PROGRESS. The work may run again after a serialization failure, so it must not reach outside the transaction.
 */
@Injectable()
export class Commands {
  constructor(private readonly database: Database) {}

  async run<T>(call: Call, work: (tx: Tx) => Promise<T>): Promise<T> {
    const key = call.idempotencyKey === undefined ? undefined : keyOf(call, call.idempotencyKey);
    for (let run = 1; ; run++) {
      try {
        const { isReplayed, reply } = await this.attempt(call, key, work);
        if (isReplayed) call.markReplayed();
        else failpoint('command.after_commit');
        return reply;
      } catch (error) {
        if (!(error instanceof KeyTakenError)) throw error;
        if (run === RUNS_MAX) throw new AppError('PLATFORM_REQUEST_IN_PROGRESS', undefined, { cause: error });
      }
    }
  }

  private async attempt<T>(call: Call, key: Key | undefined, work: (tx: Tx) => Promise<T>): Promise<Outcome<T>> {
    let isClaimed = false;
    try {
      return await this.database.transaction(async (tx) => {
        const stored = key && (await claim<T>(tx, key));
        if (stored) return stored;
        isClaimed = true;
        return await this.perform(call, key, work, tx);
      });
    } catch (error) {
      if (error instanceof StoredRefusal) {
        call.markReplayed();
        throw error.refusal;
      }
      if (isClaimed && key && error instanceof AppError && isDeterministic(error))
        await this.storeRefusal(call, key, error);
      throw error;
    }
  }

  private async perform<T>(
    call: Call,
    key: Key | undefined,
    work: (tx: Tx) => Promise<T>,
    tx: Tx,
  ): Promise<Outcome<T>> {
    const record = TransactionRecord.of(tx);
    record.because({
      actor: call.caller.subject,
      operation: call.operation.subject,
      correlationId: call.correlationId,
      causationId: call.correlationId,
      traceparent: call.traceparent,
    });
    const reply = await work(tx);
    record.auditAs({
      ...objectOf(call, reply),
      details: { roles: call.caller.roles, requestHash: requestHash(call).toString('hex') },
    });
    if (key) record.answerWith(answer(call, key, { reply: JSON.stringify(reply ?? null), error: null }));
    failpoint('command.before_commit');
    return { isReplayed: false, reply };
  }

  /** The refusal was rolled back together with the work, so it is stored on its own; a faster twin's answer stays. */
  private async storeRefusal(call: Call, key: Key, refusal: AppError): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        TransactionRecord.of(tx).answerWith(
          answer(call, key, { reply: null, error: JSON.stringify(refusal.toReply()) }),
        );
        return Promise.resolve();
      });
    } catch (error) {
      if (!(error instanceof KeyTakenError)) throw error;
    }
  }
}

/** A stored refusal on its way out of the transaction. */
class StoredRefusal extends Error {
  constructor(readonly refusal: AppError) {
    super(refusal.code);
  }
}

/** The stored answer, or undefined when this request has the key now. */
async function claim<T>(tx: Tx, key: Key): Promise<Outcome<T> | undefined> {
  const [row] = await tx.statement<{
    isClaimed: boolean;
    fingerprint: Buffer | null;
    reply: string | null;
    error: string | null;
  }>('messaging_claim', CLAIM, [key.scope, key.scope.readBigInt64BE(0)]);
  if (!row?.fingerprint) {
    if (!row?.isClaimed) throw new AppError('PLATFORM_REQUEST_IN_PROGRESS');
    return undefined;
  }
  if (!row.fingerprint.equals(key.fingerprint)) throw new AppError('PLATFORM_IDEMPOTENCY_KEY_REUSED');
  if (row.error !== null) throw new StoredRefusal(AppError.fromReply(JSON.parse(row.error) as ErrorReply));
  return { isReplayed: true, reply: JSON.parse(row.reply ?? 'null') as T };
}

// The lock tells of a twin that still runs and goes with the transaction. A twin that commits between this statement's snapshot
// and its lock is not seen here; then storing the answer fails on the primary key, and the next run finds the answer.
const CLAIM = `
  SELECT pg_try_advisory_xact_lock($2::bigint) AS "isClaimed", k.fingerprint, k.reply, k.error
  FROM (SELECT 1) AS one LEFT JOIN idempotency_key k ON k.scope = $1 AND k.expires_at > now()`;

function keyOf(call: Call, idempotencyKey: string): Key {
  const request = (call.request ?? {}) as Record<string, unknown>;
  const path = pathParameters(call.operation.http.path).map((name) => String(request[name]));
  const scope = canonicalJson([call.caller.subject, call.operation.subject, path, idempotencyKey]);
  return { scope: sha256(scope), fingerprint: requestHash(call) };
}

function requestHash(call: Call): Buffer {
  return sha256(canonicalJson({ request: call.request ?? null, expectedVersion: call.expectedVersion ?? null }));
}

function answer(call: Call, key: Key, outcome: Pick<StoredAnswer, 'reply' | 'error'>): StoredAnswer {
  const keepDays = KEEP_DAYS[call.operation.idempotency ?? 'optional'];
  return { ...key, ...outcome, operation: call.operation.subject, keepDays };
}

/** Same request, same refusal: state conflicts and meaning. Whatever may pass by itself (rights, limits, outages) is not stored. */
function isDeterministic(error: AppError): boolean {
  return error.kind === 'conflict' || error.kind === 'unprocessable';
}

/** What the command was about: the resource in the path, or the one it made. */
function objectOf(call: Call, reply: unknown): { objectId?: string; objectVersion?: number } {
  const view = (reply ?? {}) as { id?: unknown; version?: unknown };
  const request = (call.request ?? {}) as Record<string, unknown>;
  const inPath = pathParameters(call.operation.http.path).map((name) => request[name])[0];
  const objectId = typeof view.id === 'string' ? view.id : inPath;
  return {
    ...(typeof objectId === 'string' && { objectId }),
    ...(typeof view.version === 'number' && { objectVersion: view.version }),
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
