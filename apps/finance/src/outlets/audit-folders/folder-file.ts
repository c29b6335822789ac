import { createHash } from 'node:crypto';

/** A file of a folder, by its path in it. */
export interface FolderFile {
  readonly path: string;
  readonly content: Buffer;
}

export function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * The first so many of the population in the order of sha256("<seed> <id>"): anybody draws the same ones by the same seed, and who
 * chooses the seed cannot foresee whom it draws. The verifier in the folder does the same.
 */
export function draw(population: readonly string[], { seed, count }: { seed: string; count: number }): string[] {
  return population
    .map((id) => ({ id, rank: sha256(`${seed} ${id}`) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
}
