import { InitialSchema1764000000001 } from './0001-initial-schema';

/** In the order in which they run, after the tables of the messaging library. */
export const eventsMigrations = [InitialSchema1764000000001];
