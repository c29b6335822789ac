import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWhenDeaf, markOf, MISSES_MAX } from './deaf-process';

describe('the look at the process of a container', () => {
  let folder: string;
  let child: ChildProcess;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fund-deaf-'));
    child = spawn('sleep', ['600']);
  });
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const look = (hasAnswered: boolean) =>
    endWhenDeaf(markOf(child.pid ?? 0), { hasAnswered, stateFile: join(folder, 'state') });

  it('ends it after so many misses in a row, also when it is stopped', async () => {
    child.kill('SIGSTOP');
    look(true);
    for (let miss = 1; miss < MISSES_MAX; miss++) expect(look(false)).toBe(false);
    const exit = once(child, 'exit');
    expect(look(false)).toBe(true);
    expect(await exit).toEqual([null, 'SIGKILL']);
  });

  it('begins to count anew with each answer', () => {
    for (let round = 0; round < 3; round++) {
      expect(look(true)).toBe(false);
      for (let miss = 1; miss < MISSES_MAX; miss++) expect(look(false)).toBe(false);
    }
  });

  it('leaves one alone that has never answered: it is still starting', () => {
    for (let miss = 0; miss < MISSES_MAX * 3; miss++) expect(look(false)).toBe(false);
  });

  it('does not hold the misses of an earlier process against a new one', () => {
    look(true);
    for (let miss = 1; miss < MISSES_MAX; miss++) look(false);
    const later = { ...markOf(child.pid ?? 0), startedAt: 'later' };
    expect(endWhenDeaf(later, { hasAnswered: false, stateFile: join(folder, 'state') })).toBe(false);
  });
});
