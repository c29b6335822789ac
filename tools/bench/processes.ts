import { readdirSync, readFileSync } from 'node:fs';

// Linux counts a process's time in ticks of 10 ms.
const TICK_MS = 10;

/** CPU milliseconds spent so far by each part of the platform on this machine, from /proc. Empty elsewhere. */
export function cpuByPart(): Map<string, number> {
  const spent = new Map<string, number>();
  for (const { part, pid } of runningParts()) {
    const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
    const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    spent.set(part, (spent.get(part) ?? 0) + ticks * TICK_MS);
  }
  return spent;
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
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => ({ pid, part: partOf(read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')) }))
      .filter((process): process is { part: string; pid: string } => process.part !== undefined);
  } catch {
    // No /proc on this system: the table then shows ratios only.
    return [];
  }
}

function partOf(commandLine: string): string | undefined {
  const app = /dist\/apps\/(\w+)\/src\/main\.js/.exec(commandLine)?.[1];
  if (app) return app;
  if (/dist\/tools\/bench\/thin\.js/.test(commandLine)) return 'thin';
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

/** CPU spent between two looks, by part, for each of so many requests or rows; empty where /proc is missing. */
export function perItem(before: Map<string, number>, after: Map<string, number>, items: number): string {
  return [...after]
    .map(([part, ms]) => [part, Math.round(((ms - (before.get(part) ?? 0)) * 1000) / items)] as const)
    .filter(([, us]) => us > 0)
    .map(([part, us]) => `${part} ${us} us`)
    .join(', ');
}
