import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the checkout, found from the sources as well as from `dist/`, where the same file lies deeper. */
export function repositoryRoot(from = __dirname): string {
  const manifest = join(from, 'package.json');
  if (existsSync(manifest) && readFileSync(manifest, 'utf8').includes('"name": "fachkraeftefonds"')) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error(`no package.json of this project above ${__dirname}`);
  return repositoryRoot(parent);
}
