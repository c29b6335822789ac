import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { Database, type Tx } from '#database';
import { assertInTime, type Call } from '#platform';
import { Recurring } from '../background/recurring';
import { CommandGroup, type GroupWork } from './command-group';
import { beginOutput, endOutput } from './command-output';
import { failpoint } from '../failpoint';
import { isRepeating, type Key, keyOf, lockKeys, storedRefusal } from './idempotency';
import { AnswerSeal } from './answer-seal';
import { Outbox } from './outbox';
import { KeyTakenError, TransactionOutput } from './transaction-output';

const RUNS_MAX = 3;
const FORGET_EVERY_MS = 60_000;
const FORGOTTEN_AT_ONCE = 5000;

/**
 * Runs a write on behalf of a caller in ONE transaction: idempotency key, effect, messages and audit record commit together. With
 * an idempotency key the same request is carried out once: a repetition gets the stored answer (also a refusal that would repeat),
 * another request under the key is refused with PLATFORM_IDEMPOTENCY_KEY_REUSED, and one that still runs answers
 * PLATFORM_REQUEST_IN_PROGRESS. What its caller no longer waits for is not begun, and not committed (PLATFORM_CALL_OVERDUE). The work may run again after a serialization failure, so it must not reach outside the transaction.
 */
@Injectable()
export class Commands {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly seal: AnswerSeal,
  ) {}

  async run<T>(call: Call, work: (tx: Tx) => Promise<T>): Promise<T> {
    const key = keyOf(call);
    for (let run = 1; ; run++) {
      try {
        return await this.attempt(call, key, work);
      } catch (error) {
        if (!(error instanceof KeyTakenError)) throw error;
        if (run === RUNS_MAX) throw new AppError('PLATFORM_REQUEST_IN_PROGRESS', undefined, { cause: error });
      }
    }
  }

  /** For an operation that many call at once: calls that come in side by side share a transaction, each with its own outcome. */
  group<Input, Reply>(work: GroupWork<Input, Reply>): CommandGroup<Input, Reply> {
    return new CommandGroup({ database: this.database, outbox: this.outbox, seal: this.seal }, work, (call, alone) =>
      this.run(call, alone),
    );
  }

  /** Deletes answers that are kept no longer: after that the same key makes a new request. */
  @Recurring({ name: 'forget expired idempotency keys', intervalMs: FORGET_EVERY_MS })
  async forgetExpired(): Promise<void> {
    await this.database.query(FORGET);
  }

  private async attempt<T>(call: Call, key: Key | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
    let isFresh = false;
    let isReplayed = false;
    try {
      const reply = await this.database.transaction(async (tx) => {
        // It may have waited long for a connection, or for another run of itself; and it may take long itself.
        assertInTime(call);
        tx.guardCommit(() => {
          assertInTime(call);
        });
        const [state] = await lockKeys(tx, key ? [key] : [], this.seal);
        if (state && !state.isFresh) {
          ({ isReplayed } = state);
          if ('refusal' in state) throw state.refusal;
          return state.reply as T;
        }
        isFresh = true;
        isReplayed = false;
        return await this.perform(call, key, work, tx);
      });
      if (!isReplayed) failpoint('command.after_commit');
      return reply;
    } catch (error) {
      if (isFresh && key && error instanceof AppError && isRepeating(error)) await this.storeRefusal(call, key, error);
      throw error;
    } finally {
      if (isReplayed) call.markReplayed();
    }
  }

  private async perform<T>(call: Call, key: Key | undefined, work: (tx: Tx) => Promise<T>, tx: Tx): Promise<T> {
    const output = TransactionOutput.of(tx);
    beginOutput(output, call);
    const reply = await work(tx);
    endOutput(output, { call, key, reply, seal: this.seal });
    failpoint('command.before_commit');
    return reply;
  }

  /** The refusal was rolled back together with the work, so it is stored on its own; a faster twin's answer stays. */
  private async storeRefusal(call: Call, key: Key, refusal: AppError): Promise<void> {
    try {
      await this.database.transaction((tx) => {
        TransactionOutput.of(tx).answerWith(storedRefusal(call, key, refusal, this.seal));
        return Promise.resolve();
      });
    } catch (error) {
      if (!(error instanceof KeyTakenError)) throw error;
    }
  }
}

const FORGET = `
  DELETE FROM idempotency_key WHERE scope IN (
    SELECT scope FROM idempotency_key WHERE expires_at < now() ORDER BY expires_at LIMIT ${FORGOTTEN_AT_ONCE}
  )`;
