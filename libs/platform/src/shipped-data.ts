import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Reads a file that ships with the product, by its path from the repository's root; the README beside it names source and licence. A `.gz` is unpacked. */
export function readShipped(path: string): string {
  if (path.endsWith('.gz')) return gunzipSync(readFileSync(shippedPath(path))).toString('utf8');
  return readFileSync(shippedPath(path), 'utf8');
}

/** Where something lies that ships with the product, by its path from the repository's root; an absolute path stays as it is. */
export function shippedPath(path: string): string {
  return resolve(root(), path);
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
