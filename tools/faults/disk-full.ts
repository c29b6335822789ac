import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FaultStack } from './fault-stack';
import { leaveWaiting, type Print } from './scenarios';
import { SteadyLoad } from './steady-load';

const DISK_MIB = 500;
const FULL_FOR_MS = 60_000;
const ROUNDS = 2;
const WAITING = 5_000;
const PIECE = Buffer.alloc(64 * 1024);

/**
 * A disk that holds the data of Postgres, the store of NATS and all logs is filled to its last byte, and gets room again later.
 * Reads are served all the time, writes are refused with 503 and a time to come again, and afterwards everything heals by itself:
 * no acknowledged record is missing, and every message arrives.
 */
export async function diskFull(print: Print): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fund-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=755`, 'tmpfs', folder]);
  try {
    const stack = await FaultStack.start({ folder });
    try {
      for (let round = 1; round <= ROUNDS; round++) await fillOnce(stack, print, round);
    } finally {
      await stack.stop();
    }
  } finally {
    execFileSync('umount', [folder]);
    rmdirSync(folder);
  }
}

async function fillOnce(stack: FaultStack, print: Print, round: number): Promise<void> {
  const load = new SteadyLoad(stack);
  await stack.until('records are written', () => load.recorded.length > 50, 60_000);
  const linesBefore = stack.lines.length;
  const ballast = join(stack.folder, 'ballast');
  // On their way while the disk fills up, so that the broker meets it too.
  await leaveWaiting(stack, WAITING);
  fill(ballast);
  await delay(1_000);
  fill(ballast);
  load.beginAnew();
  await delay(FULL_FOR_MS);
  print(`disk full, round ${round}, for ${FULL_FOR_MS / 1000} s: ${load.summary()}`);
  const whileFull = {
    reads: load.count(/^read 200/),
    failedReads: load.count(/^read (?!200)/),
    writes: load.count(/^write/),
  };
  rmSync(ballast);
  const back = await stack.recovery();
  const recordedBefore = load.recorded.length;
  const from = performance.now();
  await stack.until('records are written again', () => load.recorded.length > recordedBefore + 10, 120_000);
  await stack.until('all messages are on their way', async () => (await waiting(stack)) === 0, 120_000);
  const missing = await load.stop();
  print(
    `disk has room, round ${round}: all ready after ${back.toFixed(1)} s, backlog empty after ${((performance.now() - from) / 1000 + back).toFixed(1)} s, ` +
      `${load.recorded.length} records acknowledged, ${missing} missing, ${load.withoutRetryAfter} refusals without Retry-After`,
  );
  print(`  the supervisor said: ${[...new Set(stack.lines.slice(linesBefore).map(shortened))].join(' | ')}`);
  if (missing > 0) throw new Error('records that were acknowledged are gone');
  if (whileFull.failedReads > whileFull.reads / 100) throw new Error('reads were not served on a full disk');
}

async function waiting(stack: FaultStack): Promise<number> {
  const [row] = await stack.ask<{ waiting: number }>(
    'SELECT count(*)::int AS waiting FROM partnership.outbox_message WHERE published_at IS NULL',
  );
  return row?.waiting ?? 0;
}

/** To the last byte: what others freed meanwhile is taken too. */
function fill(file: string): void {
  const handle = openSync(file, 'a');
  try {
    for (;;) writeSync(handle, PIECE);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(handle);
  }
}

function shortened(line: string): string {
  return line.slice(0, 140);
}
