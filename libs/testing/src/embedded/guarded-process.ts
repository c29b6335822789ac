import { Socket } from 'node:net';
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface GuardedProcess {
  readonly child: ChildProcess;
  /** Resolves when the process is gone, however that came. */
  readonly exited: Promise<void>;
  /** Asks it to end with its signal and kills it when it has not ended after `timeoutMs`. */
  stop(timeoutMs?: number): Promise<void>;
  /** Ends it and the processes that it started at once: for one that answers no more, not even to signals. */
  kill(): void;
}

interface GuardOptions extends SpawnOptions {
  /** The signal that ends this program in good order: SIGINT is Postgres' fast shutdown. */
  readonly stopSignal: NodeJS.Signals;
}

/**
 * Starts a program that is not ours (Postgres, nats-server) and promises that it never outlives this process, not even
 * one that was killed with SIGKILL: a shell holds the read end of a pipe of ours and ends the program when the pipe closes.
 */
export function spawnGuarded(command: string, args: readonly string[], options: GuardOptions): GuardedProcess {
  const { stopSignal, ...spawnOptions } = options;
  // Its own process group: Ctrl-C in the terminal reaches us alone, and we end the program in the right order.
  const child = spawn(command, args, { ...spawnOptions, detached: true });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const guard = child.pid === undefined ? undefined : startGuard(child.pid, stopSignal);
  void exited.then(() => guard?.kill('SIGKILL'));
  return {
    child,
    exited,
    stop: (timeoutMs = 15_000) => stop(child, exited, { stopSignal, timeoutMs }),
    kill: () => killWithChildren(child),
  };
}

/** Resolves when the program has been started, and throws what the system says when it cannot be. */
export async function started(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) await once(child, 'spawn');
}

// Waits for the pipe to close, asks the program to end, and kills it when it has not ended after ten seconds.
const GUARD_SCRIPT = `
cat >/dev/null
kill -s "$2" "$1" 2>/dev/null || exit 0
for _ in $(seq 100); do
  sleep 0.1
  kill -0 "$1" 2>/dev/null || exit 0
done
kill -s KILL "$1"`;

function startGuard(pid: number, signal: NodeJS.Signals): ChildProcess {
  const guard = spawn('sh', ['-c', GUARD_SCRIPT, 'orphan-guard', String(pid), signal.replace('SIG', '')], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', (error) => process.emitWarning(`no guard against orphans: ${error.message}`));
  guard.stdin?.on('error', () => undefined);
  // Neither the guard nor its pipe keeps this process alive.
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return guard;
}

async function stop(
  child: ChildProcess,
  exited: Promise<void>,
  { stopSignal, timeoutMs }: { stopSignal: NodeJS.Signals; timeoutMs: number },
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(stopSignal);
  const hard = new AbortController();
  await Promise.race([exited, delay(timeoutMs, undefined, { signal: hard.signal }).then(() => child.kill('SIGKILL'))]);
  hard.abort();
  await exited;
}

// Postgres puts each of its processes into a group of its own; stopped ones would hold its shared memory against the next start.
function killWithChildren(child: ChildProcess): void {
  const own = child.pid === undefined ? [] : childrenOf(child.pid);
  child.kill('SIGKILL');
  for (const pid of own) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Ended meanwhile.
    }
  }
}

/** Nothing where the system does not tell; there the programs notice that their parent is gone. */
function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}
