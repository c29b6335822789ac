import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AppError } from '#contracts';
import { monotonicNow } from '#platform';
import { type Parsed, type ParsingLimits, ParsingProcess } from './parsing-process';
import type { ParsingTask } from './parsing-task';

/** A file of the largest size takes some seconds of a processor; where others want it, too, this leaves room up to the deadline. */
export const PARSING_LIMITS: ParsingLimits = { heapMib: 96, seconds: 28 };
/** What a refusal needs to reach its caller before the deadline. */
const ANSWER_MS = 1000;
/** Files that wait for the one being read. */
const WAITING_MAX = 4;
/** The next file often comes soon, and the process takes a moment to start. */
const REST_MS = 10_000;
const RETRY_AFTER_SECONDS = 10;

/**
 * Reads files from outside in a process of its own, one at a time: what a file makes of that process is a refusal of this file, and
 * calls of others are answered meanwhile. FINANCE_FILE_LIMIT_EXCEEDED names time and memory too; FINANCE_FILE_READER_BUSY when others
 * wait already, or the caller's deadline passes before it is this file's turn.
 */
@Injectable()
export class FileParser implements OnModuleDestroy {
  private process: ParsingProcess | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private resting: NodeJS.Timeout | undefined;

  onModuleDestroy(): void {
    clearTimeout(this.resting);
    this.process?.end();
  }

  async parse<Batch, Result>(
    task: ParsingTask<Batch, Result>,
    file: AsyncIterable<Buffer>,
    { deadlineAt }: { readonly deadlineAt: number },
  ): Promise<Parsed<Batch, Result>> {
    if (this.waiting > WAITING_MAX) throw busy();
    this.waiting += 1;
    const before = this.turn;
    const parsed = before.then(() => this.parseInTurn<Batch, Result>(task.name, file, deadlineAt));
    // Whoever waits does so for the end of this file, not for its outcome.
    this.turn = parsed.catch(() => undefined).finally(() => (this.waiting -= 1));
    return parsed;
  }

  private async parseInTurn<Batch, Result>(
    task: string,
    file: AsyncIterable<Buffer>,
    deadlineAt: number,
  ): Promise<Parsed<Batch, Result>> {
    const leftMs = deadlineAt - monotonicNow() - ANSWER_MS;
    if (leftMs <= 0) throw busy();
    clearTimeout(this.resting);
    if (!this.process?.isAlive) this.process = new ParsingProcess(PARSING_LIMITS);
    const { process } = this;
    try {
      return await process.parse<Batch, Result>(task, file, Math.min(leftMs, PARSING_LIMITS.seconds * 1000));
    } finally {
      process.rest();
      this.resting = setTimeout(() => process.end(), REST_MS).unref();
    }
  }
}

function busy(): AppError {
  return new AppError('FINANCE_FILE_READER_BUSY', { retryAfterSeconds: RETRY_AFTER_SECONDS });
}
