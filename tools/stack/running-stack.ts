import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '#testing/embedded';

const schema = z.object({
  pid: z.number(),
  address: z.string(),
  issuer: z.string(),
  natsUrl: z.string(),
  /** Without a user: every program has its own. */
  databaseUrl: z.string(),
  /** The services answer for health and metrics on this port and those after it. */
  opsPortsFrom: z.number(),
});
/** What other programs of this checkout (demo, token, bench) need to know about the stack that runs. */
export type RunningStack = z.output<typeof schema>;

/** The stack that this checkout runs now, if one does. */
export function runningStack(dataFolder = defaultDataFolder()): RunningStack | undefined {
  const file = fileIn(dataFolder);
  if (!existsSync(file)) return undefined;
  try {
    const stack = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isSupervisor(stack.pid) ? stack : undefined;
  } catch {
    // A file of another version or a half-written one belongs to no stack that runs.
    return undefined;
  }
}

export function recordRunningStack(dataFolder: string, stack: RunningStack): void {
  const half = `${fileIn(dataFolder)}.${process.pid}`;
  writeFileSync(half, `${JSON.stringify(stack, null, 2)}\n`);
  renameSync(half, fileIn(dataFolder));
}

export function forgetRunningStack(dataFolder: string): void {
  rmSync(fileIn(dataFolder), { force: true });
}

function fileIn(dataFolder: string): string {
  return join(dataFolder, 'stack.json');
}

/** Where the stack of this checkout keeps its data. */
export function defaultDataFolder(): string {
  return resolve(repositoryRoot(), process.env['FUND_DATA_DIR'] || '.data');
}

// A process number is used again after a reboot, so the command is looked at too where the system shows it.
function isSupervisor(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(join('tools', 'stack'));
  } catch {
    return false;
  }
}
