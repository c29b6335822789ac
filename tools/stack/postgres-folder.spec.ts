import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderOutside, removeData } from './postgres-folder';

describe('the database of a checkout that nobody may enter', () => {
  let place: string;
  let outside: string;
  let dataFolder: string;
  let said: string[];
  const find = (of = dataFolder) => folderOutside(of, outside, (sentence) => said.push(sentence));
  /** As the first start does: the folder is found, then the secrets are made. */
  const start = () => {
    mkdirSync(dataFolder, { recursive: true });
    const folder = find();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(dataFolder, 'secrets.json'), '{}');
    return folder;
  };

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'fund-place-'));
    [outside, dataFolder, said] = [join(place, 'outside'), join(place, 'clone', '.data'), []];
  });
  afterEach(() => rmSync(place, { recursive: true }));

  it('is the same at every start', () => {
    expect(start()).toBe(start());
    expect(said).toEqual([]);
  });

  it('is an empty one for a clone that was deleted and made again; the old one is told of and stays', () => {
    const before = start();
    rmSync(join(place, 'clone'), { recursive: true });
    expect(start()).not.toBe(before);
    expect(existsSync(before)).toBe(true);
    expect(said).toEqual([expect.stringContaining(`stays in ${before} and is not used`)]);
  });

  it('goes along when the checkout is moved', () => {
    const before = start();
    renameSync(join(place, 'clone'), join(place, 'moved'));
    expect(find(join(place, 'moved', '.data'))).toBe(before);
  });

  it('is not shared with a copy, which is refused with what helps', () => {
    start();
    cpSync(join(place, 'clone'), join(place, 'copy'), { recursive: true });
    const copy = join(place, 'copy', '.data');
    expect(() => find(copy)).toThrow(`is a copy of ${dataFolder}`);
    rmSync(join(copy, 'postgres-folder'));
    expect(find(copy)).not.toBe(readFileSync(join(dataFolder, 'postgres-folder'), 'utf8').trim());
  });

  it('goes with the data folder of a stack that was made to be thrown away', () => {
    const folder = start();
    removeData(dataFolder);
    expect([existsSync(folder), existsSync(dataFolder)]).toEqual([false, false]);
  });

  it('of an earlier version is found by the path, if its secrets are there', () => {
    const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
    mkdirSync(join(outside, name, 'postgres'), { recursive: true });
    expect(start()).not.toBe(join(outside, name, 'postgres'));
    rmSync(join(dataFolder, 'postgres-folder'));
    expect(start()).toBe(join(outside, name, 'postgres'));
  });
});
