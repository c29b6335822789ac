import { InitialSchema1764000000001 } from './0001-initial-schema';

/** In the order of their numbers, after the tables of the messaging library. What has run anywhere is never changed. */
export const migrations = [InitialSchema1764000000001];
