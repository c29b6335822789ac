import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// The data folder is not compiled: beside the sources it is one step up, from the build it is in the sources' tree.
const FOLDERS = [join(__dirname, '../../data'), join(__dirname, '../../../../../apps/finance/data')];

/** Reads a file that ships with the service (`apps/finance/data`; its README names source and licence). */
export function readShippedData(name: string): string {
  const folder = FOLDERS.find((candidate) => existsSync(join(candidate, name)));
  if (!folder) throw new Error(`shipped data ${name} is missing; looked in ${FOLDERS.join(', ')}`);
  return readFileSync(join(folder, name), 'utf8');
}
