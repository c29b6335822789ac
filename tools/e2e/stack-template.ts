import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { testRunFolder } from '#testing';

/** What a stack was told to fill in when its data was made: the demo alone, or its story as well. */
export type Filling = 'demo' | 'story';
/** Starts a stack on a folder, waits for what it fills in, and stops it. */
type Fill = (folder: string, filling: Filling) => Promise<void>;

const POLL_MS = 250;

/**
 * A data folder as a first `npm start` leaves it, for one test file. Made once per test run: a copy starts in less than half of the time,
 * since databases are made, migrated and filled only there.
 */
export async function dataFolder(filling: Filling, fill: Fill): Promise<string> {
  const template = join(testRunFolder(), `stack-${filling}`);
  // Test files run in several processes: whoever makes the lock makes the template, the others wait.
  const lock = `${template}.lock`;
  while (!existsSync(template)) {
    if (isTaken(lock)) {
      await delay(POLL_MS);
      continue;
    }
    try {
      // The one before may have finished between both questions.
      if (existsSync(template)) continue;
      const folder = filling === 'story' ? await dataFolder('demo', fill) : emptyFolder();
      await fill(folder, filling);
      // Appears whole or not at all.
      execFileSync('mv', [folder, template]);
    } finally {
      rmSync(lock, { recursive: true });
    }
  }
  const folder = emptyFolder();
  // Keeps the owner: as root, the database belongs to `nobody`.
  execFileSync('cp', ['-a', `${template}/.`, folder]);
  return folder;
}

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fund-stack-'));
  // So that the database lies in it, also where root runs that as `nobody`.
  chmodSync(folder, 0o755);
  return folder;
}

function isTaken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return true;
    throw error;
  }
}
