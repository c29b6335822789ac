import { readdirSync, readFileSync } from 'node:fs';
import { runningStack } from '../stack/running-stack';

// Linux counts a process's time in ticks of 10 ms.
const TICK_MS = 10;

/** The CPU milliseconds of each process of the platform on this machine so far, from /proc. Empty elsewhere. */
export type CpuTimes = ReadonlyMap<string, { readonly part: string; readonly ms: number }>;

export function cpuTimes(): CpuTimes {
  return new Map(runningParts().map(({ part, pid }) => [pid, { part, ms: cpuMs(pid) }]));
}

function cpuMs(pid: string): number {
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
}

/** Resident memory of all Node processes of the platform, in MiB. */
export function nodeMemoryMiB(): number {
  const kib = runningParts()
    .filter(({ part }) => part !== 'postgres' && part !== 'nats-server')
    .map(({ pid }) => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0));
  return Math.round(kib.reduce((sum, value) => sum + value, 0) / 1024);
}

function runningParts(): { part: string; pid: string }[] {
  try {
    const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return ownOf(numbers)
      .map((pid) => ({ pid, part: partOf(read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')) }))
      .filter((process): process is { part: string; pid: string } => process.part !== undefined);
  } catch {
    // No /proc on this system: the table then shows ratios only.
    return [];
  }
}

/** The processes of this checkout's stack and of the bench itself; all of the machine where no such stack runs. */
function ownOf(pids: readonly string[]): string[] {
  const stack = runningStack();
  if (!stack) return [...pids];
  const parents = new Map(pids.map((pid) => [pid, parentOf(pid)]));
  const roots = new Set([String(stack.pid), String(process.pid)]);
  const isOwn = (pid: string | undefined): boolean => pid !== undefined && (roots.has(pid) || isOwn(parents.get(pid)));
  return pids.filter(isOwn);
}

function parentOf(pid: string): string | undefined {
  return read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ')[1];
}

function partOf(commandLine: string): string | undefined {
  const app = /dist\/apps\/(\w+)\/src\/main\.js/.exec(commandLine)?.[1];
  if (app) return app;
  if (/dist\/tools\/bench\/thin\.js/.test(commandLine)) return 'thin';
  // Cleaning up after rows that came before, at a time of its own choice.
  if (/^postgres: autovacuum/.test(commandLine)) return undefined;
  if (/^postgres|\/postgres /.test(commandLine)) return 'postgres';
  return /nats-server/.test(commandLine) ? 'nats-server' : undefined;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process ended between listing and reading
  }
}

/** CPU milliseconds that each part spent. */
export type CpuUse = ReadonlyMap<string, number>;

/** What was spent between two looks; empty where /proc is missing. */
export function cpuUse(before: CpuTimes, after: CpuTimes): CpuUse {
  const byPart = new Map<string, number>();
  for (const [pid, { part, ms }] of after) {
    byPart.set(part, (byPart.get(part) ?? 0) + ms - (before.get(pid)?.ms ?? 0));
  }
  return byPart;
}

export function sumOf(uses: readonly CpuUse[]): CpuUse {
  const sum = new Map<string, number>();
  for (const [part, ms] of uses.flatMap((use) => [...use])) sum.set(part, (sum.get(part) ?? 0) + ms);
  return sum;
}

/** By part, for each of so many requests or rows. */
export function perItem(use: CpuUse, items: number): string {
  return [...use]
    .map(([part, ms]) => [part, Math.round((ms * 1000) / items)] as const)
    .filter(([, us]) => us > 0)
    .map(([part, us]) => `${part} ${us} us`)
    .join(', ');
}
