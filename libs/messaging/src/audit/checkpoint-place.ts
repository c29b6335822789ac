import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointDocument } from './checkpoint';

/** A place outside the database that keeps checkpoints. */
export interface CheckpointPlace {
  /** As logs and findings call it: `directory`, `s3`, `mail`. */
  readonly name: string;
  /** Writes once and never over: the same document again is fine, another one under the name throws. */
  write(name: string, document: CheckpointDocument): Promise<void>;
  /** All documents of a service; undefined where a place cannot be read again. */
  readAll?(service: string): Promise<CheckpointDocument[]>;
}

/** Something else lies where a checkpoint belongs. */
export class CheckpointTakenError extends Error {
  constructor(place: string, name: string) {
    super(`${place} holds another document as ${name}`);
  }
}

/** A folder on a disk that the database's administrators do not write: one file for each checkpoint, made once, never changed. */
export class DirectoryPlace implements CheckpointPlace {
  readonly name = 'directory';

  constructor(private readonly folder: string) {}

  async write(name: string, document: CheckpointDocument): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, name);
    try {
      const file = await open(path, 'wx', 0o444);
      try {
        await file.writeFile(document);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const there = await readFile(path, 'utf8');
      if (there !== document) throw new CheckpointTakenError(this.name, name);
    }
  }

  async readAll(service: string): Promise<CheckpointDocument[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    });
    const own = names.filter((name) => name.startsWith(`${service}-`) && name.endsWith('.json')).sort();
    const documents: CheckpointDocument[] = [];
    for (const name of own) documents.push(await readFile(join(this.folder, name), 'utf8'));
    return documents;
  }
}
