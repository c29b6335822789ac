import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** A process is ended when it left so many looks in a row without any answer, but never before its first one. */
export const MISSES_MAX = 2;

/** One process, told apart from a later one with the same number by when it started. */
export interface ProcessMark {
  readonly pid: number;
  readonly startedAt: string;
}

interface Looks {
  readonly of: string;
  readonly misses: number;
}

/**
 * Remembers from one look to the next whether the process answered, and ends it when it is deaf: engines such as Docker mark a
 * container unhealthy and leave it so, but start one again whose process ended. Answers whether it was ended.
 */
export function endWhenDeaf(
  main: ProcessMark,
  look: { readonly hasAnswered: boolean; readonly stateFile: string },
): boolean {
  const of = `${main.pid}:${main.startedAt}`;
  const before = read(look.stateFile);
  const isKnown = before?.of === of;
  // Still starting: it has never answered.
  if (!look.hasAnswered && !isKnown) return false;
  const misses = look.hasAnswered ? 0 : (before?.misses ?? 0) + 1;
  writeFileSync(look.stateFile, JSON.stringify({ of, misses } satisfies Looks));
  if (misses < MISSES_MAX) return false;
  process.kill(main.pid, 'SIGKILL');
  return true;
}

/** The platform's process beside which this program runs in its container; undefined when there is none. */
export function mainProcess(): ProcessMark | undefined {
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isPlatform(name));
  return pid === undefined ? undefined : markOf(Number(pid));
}

/** How the system tells this process apart. */
export function markOf(pid: number): ProcessMark {
  // The name of the program, in brackets, may hold anything; the start is the 20th field after it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return { pid, startedAt: fields[19] ?? '' };
}

function isPlatform(pid: string): boolean {
  try {
    const [program = '', file = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return program.endsWith('node') && /dist\/(apps\/\w+\/src|tools\/identity-provider)\/main\.js$/.test(file);
  } catch {
    return false; // ended between the two looks
  }
}

function read(file: string): Looks | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Looks;
  } catch {
    return undefined; // cut off while it was written
  }
}
