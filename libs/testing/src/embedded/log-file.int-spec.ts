import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { eventually } from '../eventually';
import { LogFile } from './log-file';

describe('the log of a program', () => {
  let folder: string;
  let path: string;
  let troubles: string[];
  let log: LogFile;
  let program: PassThrough;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fund-log-'));
    path = join(folder, 'program.log');
    troubles = [];
    program = new PassThrough();
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });
  const keep = (file: string, reopenAfterMs = 0) => {
    log = new LogFile(file, { say: (sentence) => troubles.push(sentence), reopenAfterMs }).follow(program);
  };

  it('is kept in the file, after what was there before', async () => {
    keep(path);
    program.write('first\n');
    await log.close();
    keep(path);
    program.write('second\n');
    await log.close();
    expect(readFileSync(path, 'utf8')).toContain('first\nsecond\n');
    expect(troubles).toEqual([]);
  });

  it('that cannot be written is said once, holds the program up nowhere, and goes on when it can', async () => {
    // A folder in its place refuses as a full disk does.
    mkdirSync(path);
    keep(path);
    for (let line = 0; line < 5; line++) {
      program.write('lost\n');
      await eventually(() => expect(troubles).toHaveLength(1));
      expect(program.readableLength).toBe(0);
    }
    rmdirSync(path);
    await eventually(() => {
      program.write('kept\n');
      expect(readFileSync(path, 'utf8')).toMatch(/pieces of this log were lost\)\n[^]*kept\n/);
    });
    expect(troubles).toEqual([expect.stringContaining('cannot be written')]);
  });

  it('on a disk that has no room costs lines only', async () => {
    keep('/dev/full');
    program.write('lost\n');
    await eventually(() => expect(troubles).toEqual([expect.stringContaining('ENOSPC')]));
    program.write('lost too\n');
    expect(program.readableLength).toBe(0);
  });
});
