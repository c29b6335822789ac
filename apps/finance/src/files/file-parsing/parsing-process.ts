import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { AppError } from '#contracts';
import { limitExceeded } from '../xml/bounded-xml';
import type { FromParser, ToParser } from './parsing-task';

// Built code lies beside this file; sources, as the tests run them, use what the build made of them.
const PROGRAMS = [
  join(__dirname, '../../parser-main.js'),
  join(__dirname, '../../../../../dist/apps/finance/src/parser-main.js'),
];

export interface ParsingLimits {
  readonly heapMib: number;
  readonly seconds: number;
}

/** What came of a task: its result, and what it handed out meanwhile. */
export interface Parsed<Batch, Result> {
  readonly batches: readonly Batch[];
  readonly result: Result;
}

/**
 * A process of its own for files from outside. It has no secret and no connection, a heap of its own that a flag of the service does
 * not widen, and it can be ended in the middle of a loop; a thread has neither.
 */
export class ParsingProcess {
  private readonly child: ChildProcess;
  private ended = false;
  private files = 0;

  constructor(private readonly limits: ParsingLimits) {
    const program = PROGRAMS.find(existsSync);
    if (!program) throw new Error(`the parsing process is not built; looked in ${PROGRAMS.join(', ')}`);
    const cache = getCompileCacheDir();
    this.child = fork(program, {
      env: cache === undefined ? {} : { NODE_COMPILE_CACHE: cache },
      execArgv: [`--max-old-space-size=${limits.heapMib}`, '--max-semi-space-size=16'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.once('exit', () => (this.ended = true));
    // What cannot start has no message to fail on; the exit is what the task hears of.
    this.child.once('error', () => (this.ended = true));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isAlive(): boolean {
    return !this.ended && this.child.connected;
  }

  end(): void {
    this.ended = true;
    this.child.kill('SIGKILL');
  }

  /** Lets the service end although this process still waits for work. */
  rest(): void {
    this.child.unref();
    this.child.channel?.unref();
  }

  /** Does one task. Whatever ends it before its time, this process included, ends this process with it. */
  async parse<Batch, Result>(
    task: string,
    file: AsyncIterable<Buffer>,
    limitMs: number,
  ): Promise<Parsed<Batch, Result>> {
    this.child.ref();
    this.child.channel?.ref();
    const batches: Batch[] = [];
    this.files += 1;
    const talk = new Talk(this.child, this.files);
    const parts = file[Symbol.asyncIterator]();
    const timer = setTimeout(() => talk.fail(this.tooSlow()), limitMs);
    try {
      talk.say({ type: 'start', task });
      for (;;) {
        const message = await talk.next();
        if (message === undefined) throw this.outOfMemory();
        if (message.type === 'batch') batches.push(message.batch as Batch);
        else if (message.type === 'more') await this.sendPart(parts, talk);
        else return { batches, result: outcomeOf(message) as Result };
      }
    } catch (error) {
      if (!(error instanceof Refused)) this.end();
      throw error instanceof Refused ? error.refusal : error;
    } finally {
      clearTimeout(timer);
      talk.end();
      await parts.return?.();
    }
  }

  private async sendPart(parts: AsyncIterator<Buffer>, talk: Talk): Promise<void> {
    const part = await parts.next();
    talk.say(part.done ? { type: 'end' } : { type: 'part', bytes: part.value });
  }

  private tooSlow(): AppError {
    return limitExceeded({ limit: 'seconds', max: this.limits.seconds });
  }

  private outOfMemory(): AppError {
    return limitExceeded({ limit: 'memoryMib', max: this.limits.heapMib });
  }
}

/** The file was refused; the process is as good as before. */
class Refused extends Error {
  constructor(readonly refusal: AppError) {
    super(refusal.code);
  }
}

function outcomeOf(message: Extract<FromParser, { type: 'done' | 'refused' | 'failed' }>): unknown {
  switch (message.type) {
    case 'done':
      return message.result;
    case 'refused':
      throw new Refused(AppError.fromReply(message.refusal));
    case 'failed':
      throw new Error(`the parsing process failed: ${message.reason}`);
  }
}

type WithoutFile<Message> = Message extends ToParser ? Omit<Message, 'file'> : never;

/** The messages of one task in their order; `undefined` once the process has ended. */
class Talk {
  private readonly messages: (FromParser | undefined)[] = [];
  private failure: Error | undefined;
  private wake: (() => void) | undefined;
  private readonly onMessage = (message: FromParser): void => {
    if (message.file === this.file) this.take(message);
  };
  private readonly onExit = (): void => this.take(undefined);

  constructor(
    private readonly child: ChildProcess,
    private readonly file: number,
  ) {
    child.on('message', this.onMessage).once('exit', this.onExit);
  }

  say(message: WithoutFile<ToParser>): void {
    // A process that has just ended is heard of by its exit.
    this.child.send({ file: this.file, ...message } satisfies ToParser, () => undefined);
  }

  async next(): Promise<FromParser | undefined> {
    while (this.messages.length === 0 && !this.failure) await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.failure) throw this.failure;
    return this.messages.shift();
  }

  /** Ends the waiting with an error. */
  fail(error: Error): void {
    this.failure = error;
    this.wake?.();
  }

  end(): void {
    this.child.off('message', this.onMessage).off('exit', this.onExit);
  }

  private take(message: FromParser | undefined): void {
    this.messages.push(message);
    this.wake?.();
  }
}
