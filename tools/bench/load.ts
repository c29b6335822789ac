import { execFile, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '#testing/embedded';

/** What is asked of a server; plain data, since another process asks. */
export interface Target {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  /** The body of each request, in which UNIQUE stands for another word each time. */
  readonly body?: string;
  /** Where each request has a path of its own: what replaces UNIQUE in the URL, each once. */
  readonly names?: readonly string[];
  /** Where each request reads another of many: UNIQUE in the URL stands for this and twelve digits, from 1 to so many in hexadecimal. */
  readonly rows?: { readonly prefix: string; readonly count: number };
}

export const UNIQUE = 'UNIQUE-WORD';
export const CONNECTIONS = 32;

/** How much is asked of a target in one round; in requests where each of them has a name of its own. */
export type Extent =
  | { readonly connections: number; readonly seconds: number }
  | { readonly connections: number; readonly amount: number };

export interface Round {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

/** The program that asks: as light as this machine has it, so that the load takes little of what is measured. */
export async function loadProgram(): Promise<'wrk' | 'autocannon'> {
  try {
    await promisify(execFile)('wrk', ['--version']);
    return 'wrk';
  } catch (error) {
    // It prints its version and ends with 1.
    return (error as { code?: unknown }).code === 'ENOENT' ? 'autocannon' : 'wrk';
  }
}

/** One round of load on a server of this machine; bounded in connections, and in time or requests. */
export async function loadRound(target: Target, extent: Extent): Promise<Round> {
  // wrk cannot end after so many requests.
  if ('seconds' in extent && (await loadProgram()) === 'wrk') return wrkRound(target, extent);
  return autocannonRound(target, extent);
}

async function wrkRound(
  target: Target,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Round> {
  const script = join(repositoryRoot(), 'tools/bench/wrk.lua');
  const headers = Object.entries(target.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const load = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '-s', script, ...headers, target.url];
  const { method, rows, body } = target;
  const words = rows ? [rows.prefix, String(rows.count)] : [randomUUID().slice(0, 8), '0'];
  const asked = ['--', method, ...words, ...(body === undefined ? [] : [body])];
  const { stdout } = await promisify(execFile)('wrk', [...load, ...asked]);
  const json = stdout.trim().split('\n').at(-1) ?? '';
  return JSON.parse(json) as Round;
}

async function autocannonRound(target: Target, extent: Extent): Promise<Round> {
  const program = fork(join(__dirname, 'autocannon.js'));
  program.send({ target, extent });
  try {
    const [round] = (await once(program, 'message')) as [Round];
    return round;
  } finally {
    program.disconnect();
  }
}
