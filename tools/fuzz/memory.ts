import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const LOOKS = 10;
const LOOK_MS = 2000;

/** Resident memory in MiB of each Node process of a stack, by program, at its lowest within 20 s of rest: what was only left for the collector to fetch does not count. */
export async function settledMemory(stackPid: number | undefined): Promise<Map<string, number>> {
  const lowest = new Map<string, number>();
  for (let look = 0; look < LOOKS && stackPid !== undefined; look += 1) {
    for (const [name, mib] of residentMemory(stackPid)) lowest.set(name, Math.min(mib, lowest.get(name) ?? mib));
    await delay(LOOK_MS);
  }
  return lowest;
}

function residentMemory(stackPid: number): [string, number][] {
  return numbersIn('/proc').flatMap((pid): [string, number][] => {
    const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1];
    const program = /dist\/(?:apps|tools)\/([\w-]+)\/(?:src\/)?main\.js/.exec(read(`/proc/${pid}/cmdline`))?.[1];
    if (program === undefined || Number(parent) !== stackPid) return [];
    return [[program, Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024]];
  });
}

// Processes come and go while they are looked at, and other systems have no /proc: both read as empty.
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
