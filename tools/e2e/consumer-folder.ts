import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '#testing/embedded';

const PACKAGES = ['@nats-io/transport-node', '@nats-io/jetstream', 'standardwebhooks'];

/** A folder of an ERP developer: the files of docs/consumers, the packages that they name, and nothing else of the repository. */
export class ConsumerFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'payout-consumer-'));
  private readonly running = new Set<ChildProcess>();

  constructor(private readonly environment: Readonly<Record<string, string>>) {
    const shipped = join(repositoryRoot(), 'docs', 'consumers');
    for (const name of readdirSync(shipped)) cpSync(join(shipped, name), join(this.path, name));
    for (const name of PACKAGES) {
      const link = join(this.path, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(repositoryRoot(), 'node_modules', name), link);
    }
  }

  /** Starts a program and leaves it running. */
  start(program: string, { books, ...more }: { books: string } & Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, program.split(' '), {
      cwd: this.path,
      env: { PATH: process.env['PATH'], ...this.environment, ...more, BOOKS_FILE: books },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.running.add(child);
    return child;
  }

  /** Runs a program to its end; answers with what it printed. */
  async run(
    program: string,
    settings: { books: string } & Record<string, string>,
  ): Promise<{ code: number; output: string; errors: string }> {
    const child = this.start(program, settings);
    const [output, errors] = [text(child.stdout), text(child.stderr)];
    const [code] = (await once(child, 'exit')) as [number];
    return { code, output: await output, errors: await errors };
  }

  /** The messages in a file of books, by position. */
  messages(books: string): { id: string; position: string }[] {
    const file = join(this.path, books);
    // What follows the last end of a line is being written at this moment.
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    return lines
      .filter((line) => line.includes('"id"'))
      .map((line) => JSON.parse(line) as { id: string; position: string })
      .sort((a, b) => (BigInt(a.position) < BigInt(b.position) ? -1 : 1));
  }

  async close(): Promise<void> {
    const ended = [...this.running].filter((child) => child.exitCode === null && child.signalCode === null);
    for (const child of ended) child.kill('SIGKILL');
    await Promise.all(ended.map((child) => once(child, 'exit')));
    rmSync(this.path, { recursive: true, force: true });
  }
}

async function text(stream: AsyncIterable<unknown> | null): Promise<string> {
  let all = '';
  for await (const part of stream ?? []) all += String(part);
  return all;
}
