import { setTimeout as delay } from 'node:timers/promises';
import { AppError, type OutgoingMessage } from '#contracts';
import type { Database, Tx } from '#database';
import { assertInTime, type Call } from '#platform';
import type { AnswerSeal } from './answer-seal';
import { beginOutput, endOutput } from './command-output';
import { failpoint } from '../failpoint';
import { isRepeating, type Key, keyOf, lockKeys, storedRefusal } from './idempotency';
import type { Outbox } from './outbox';
import { TransactionOutput } from './transaction-output';

const BATCH_MAX = 100;
/** A batch that waits this long for something, a lock above all, no longer holds back those who come after it. */
const PATIENCE_MS = 200;

export interface GroupItem<Input> {
  readonly call: Call;
  readonly input: Input;
}

export interface Done<Reply> {
  readonly reply: Reply;
  readonly messages: readonly OutgoingMessage[];
}

/**
 * Carries out many calls of one operation in one transaction, with statements for all of them: one outcome for each item, in their
 * order. An item is refused by an AppError as its outcome, before anything was written for it; what is thrown refuses the whole,
 * and then each item runs on its own.
 */
export type GroupWork<Input, Reply> = (
  tx: Tx,
  items: readonly GroupItem<Input>[],
) => Promise<(Done<Reply> | AppError)[]>;

interface Member<Input, Reply> extends GroupItem<Input> {
  readonly key: Key | undefined;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit for an operation that many call at once: a lone call runs at once, and those that come in while it runs share the
 * next transaction, with every promise of Commands.run kept for each: own key, outcome, messages and audit record. Contention then
 * costs one round of statements for all instead of one each (docs/adr/0010-commands-share-transactions.md). Whatever goes wrong
 * in a shared transaction, each call is carried out on its own, so nobody fails for a neighbour.
 */
export class CommandGroup<Input, Reply> {
  private readonly waiting: Member<Input, Reply>[] = [];
  private isDraining = false;

  /** @internal Made by Commands.group. */
  constructor(
    private readonly on: { readonly database: Database; readonly outbox: Outbox; readonly seal: AnswerSeal },
    private readonly work: GroupWork<Input, Reply>,
    private readonly runSingle: (call: Call, work: (tx: Tx) => Promise<Reply>) => Promise<Reply>,
  ) {}

  /** Answers with the outcome of this very call, whoever it shares a transaction with. */
  join(call: Call, input: Input): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ call, input, key: keyOf(call), resolve, reject });
      if (this.isDraining) return;
      this.isDraining = true;
      // What else came in with this tick belongs to the same transaction.
      setImmediate(() => void this.drain());
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH_MAX);
      await Promise.race([this.serve(batch), delay(PATIENCE_MS, undefined, { ref: false })]);
    }
    this.isDraining = false;
  }

  /** Settles every member; never rejects. */
  private async serve(members: readonly Member<Input, Reply>[]): Promise<void> {
    const timely = members.filter((member) => isTimely(member));
    const distinct = new Map(timely.map((member) => [member.key?.scope.toString('hex') ?? member, member]));
    const together = [...distinct.values()];
    // Of two calls under one key the second has to find the answer of the first.
    let alone = timely.filter((member) => !together.includes(member));
    if (together.length > 1) {
      try {
        await this.commit(together);
      } catch (error) {
        if (isOutcomeUnknown(error)) for (const member of together) member.reject(error);
        else alone = [...together, ...alone];
      }
    } else alone = [...together, ...alone];
    await Promise.all(alone.map((member) => this.runAlone(member)));
  }

  private async commit(members: readonly Member<Input, Reply>[]): Promise<void> {
    const settlements = await this.on.database.transaction(async (tx) => {
      const { fresh, settled } = await this.lockKeys(tx, members);
      const outcomes = await this.work(tx, fresh);
      const output = TransactionOutput.of(tx);
      for (const [index, member] of fresh.entries()) {
        const outcome = outcomes[index];
        if (!outcome) throw new Error(`${member.call.operation.subject}: an item of the group has no outcome`);
        settled.push(this.settle(tx, output, { member, outcome }));
      }
      // One that came too late meanwhile undoes the whole; the others are then carried out on their own.
      tx.guardCommit(() => {
        for (const { call } of fresh) assertInTime(call);
      });
      failpoint('command.before_commit');
      return settled;
    });
    failpoint('command.after_commit');
    for (const settle of settlements) settle();
  }

  /** Those whose key was used before get its answer; the others are fresh. */
  private async lockKeys(
    tx: Tx,
    members: readonly Member<Input, Reply>[],
  ): Promise<{ fresh: Member<Input, Reply>[]; settled: (() => void)[] }> {
    const keyed = members.filter((member) => member.key !== undefined);
    const states = await lockKeys(
      tx,
      keyed.flatMap(({ key }) => key ?? []),
      this.on.seal,
    );
    const fresh = members.filter((member) => member.key === undefined);
    const settled: (() => void)[] = [];
    for (const [index, member] of keyed.entries()) {
      const state = states[index];
      if (!state || state.isFresh) {
        fresh.push(member);
        continue;
      }
      settled.push(() => {
        if (state.isReplayed) member.call.markReplayed();
        if ('refusal' in state) member.reject(state.refusal);
        else member.resolve(state.reply as Reply);
      });
    }
    return { fresh, settled };
  }

  /** Puts what became of one call into the transaction's output; the answer tells the caller, once that is committed. */
  private settle(
    tx: Tx,
    output: TransactionOutput,
    { member, outcome }: { member: Member<Input, Reply>; outcome: Done<Reply> | AppError },
  ): () => void {
    const { call, key } = member;
    beginOutput(output, call);
    if (outcome instanceof AppError) {
      if (key && isRepeating(outcome)) output.answerWith(storedRefusal(call, key, outcome, this.on.seal));
      return () => {
        member.reject(outcome);
      };
    }
    for (const message of outcome.messages) this.on.outbox.append(tx, message);
    endOutput(output, { call, key, reply: outcome.reply, seal: this.on.seal });
    return () => {
      member.resolve(outcome.reply);
    };
  }

  private async runAlone({ call, input, resolve, reject }: Member<Input, Reply>): Promise<void> {
    try {
      const reply = await this.runSingle(call, async (tx) => {
        const [outcome] = await this.work(tx, [{ call, input }]);
        if (!outcome) throw new Error(`${call.operation.subject}: an item of the group has no outcome`);
        if (outcome instanceof AppError) throw outcome;
        for (const message of outcome.messages) this.on.outbox.append(tx, message);
        return outcome.reply;
      });
      resolve(reply);
    } catch (error) {
      reject(error);
    }
  }
}

/** For the work of a group: what was made, or why it was refused; other errors go on. */
export async function orRefusal<T>(make: () => T | Promise<T>): Promise<T | AppError> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Refuses one that nobody waits for any more. */
function isTimely<Input, Reply>({ call, reject }: Member<Input, Reply>): boolean {
  try {
    assertInTime(call);
    return true;
  } catch (error) {
    reject(error);
    return false;
  }
}

/** Carrying a call out again could do it twice; the caller repeats it under its key. */
function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof AppError && error.code === 'PLATFORM_DEADLINE_EXCEEDED';
}
