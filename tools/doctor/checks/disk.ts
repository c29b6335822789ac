import { stat, statfs } from 'node:fs/promises';
import type { Check } from '../check';
import { NotExamined } from '../not-examined';
import { size } from '../words';

export const disk: Check = {
  name: 'disks',
  page: 'deploy/runbooks/disk-full.md',
  examine: async ({ settings: { DOCTOR_DISKS: folders }, limits }) => {
    if (folders.length === 0) throw new NotExamined('DOCTOR_DISKS is not set');
    const found = (await onePerDisk(folders)).map(async (folder) => {
      const { bavail, blocks, bsize } = await statfs(folder);
      const [free, share] = [bavail * bsize, bavail / blocks];
      if (share >= limits.diskFreeShare || free >= limits.diskFreeBytes) return [];
      const sentence = `The disk of ${folder} has ${size(free)} left, ${Math.floor(share * 100)} %.`;
      return [{ sentence, remedy: 'Make room before it is full: then writes are refused until there is.' }];
    });
    return (await Promise.all(found)).flat();
  },
};

async function onePerDisk(folders: readonly string[]): Promise<string[]> {
  const devices = await Promise.all(folders.map(async (folder) => [(await stat(folder)).dev, folder] as const));
  return [...new Map([...devices].reverse()).values()];
}
