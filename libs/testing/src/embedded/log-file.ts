import { createWriteStream, type WriteStream } from 'node:fs';
import type { Readable } from 'node:stream';

const REOPEN_AFTER_MS = 5_000;
/** What waits for a disk that is slow; more is dropped, since it would be held in memory. */
const WAITING_BYTES_MAX = 4 * 1024 * 1024;

export interface LogFileOptions {
  /** Told once when the file cannot be written. */
  readonly say?: (sentence: string) => void;
  /** How long a file that failed is left alone. */
  readonly reopenAfterMs?: number;
}

/**
 * Keeps what a program prints in a file, as long as the disk takes it. A full disk costs lines, never the program and never its
 * supervisor: the output is always read on (a pipe that nobody reads would stop the program), and writing begins again by itself.
 */
export class LogFile {
  private file: WriteStream | undefined;
  private lostAt: number | undefined;
  private lostChunks = 0;

  private readonly reopenAfterMs: number;

  constructor(
    private readonly path: string,
    private readonly options: LogFileOptions = {},
  ) {
    this.reopenAfterMs = options.reopenAfterMs ?? REOPEN_AFTER_MS;
    this.file = this.open();
  }

  follow(...streams: readonly (Readable | null | undefined)[]): this {
    for (const stream of streams) stream?.on('data', (chunk: Buffer) => this.write(chunk));
    return this;
  }

  /** Resolves once everything that could be written is. */
  close(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    if (!file || file.destroyed) return Promise.resolve();
    return new Promise((resolve) => file.once('close', resolve).end());
  }

  write(chunk: Buffer | string): void {
    if (!this.file && this.lostAt !== undefined && Date.now() - this.lostAt >= this.reopenAfterMs) {
      this.file = this.open();
      if (this.lostChunks > 0) this.file.write(`(${this.lostChunks} pieces of this log were lost)\n`);
      this.lostChunks = 0;
    }
    if (!this.file || this.file.writableLength > WAITING_BYTES_MAX) this.lostChunks += 1;
    else
      this.file.write(chunk, (error) => {
        if (!error) this.lostAt = undefined;
      });
  }

  private open(): WriteStream {
    const file = createWriteStream(this.path, { flags: 'a' });
    file.on('error', (error) => {
      if (this.file === file) this.file = undefined;
      // Said once for each time of trouble, not for each try in it.
      if (this.lostAt === undefined) this.options.say?.(`The log ${this.path} cannot be written: ${error.message}.`);
      this.lostAt = Date.now();
      this.lostChunks += 1;
    });
    return file;
  }
}
