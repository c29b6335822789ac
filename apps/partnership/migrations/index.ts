import { Registry1764000001000 } from './1-registry';

/** In order; a migration that has run anywhere is never changed. */
export const migrations = [Registry1764000001000];
