import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Reads a file that ships with the product, by its path from the repository's root; the README beside it names source and licence. */
export function readShipped(path: string): string {
  return readFileSync(join(root(), path), 'utf8');
}

// Sources and compiled files lie at different depths below the repository's root; the data do not move.
function root(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) throw new Error(`no package.json above ${__dirname}`);
    folder = dirname(folder);
  }
  return folder;
}
