import { Registry1764000001000 } from './0001-registry';

/** In the order of their numbers, after the tables of the messaging library. What has run anywhere is never changed. */
export const migrations = [Registry1764000001000];
