import { startThinServer } from './thin-server';

/** The yardstick as a process of its own: `node thin.js PORT`, with DATABASE_URL in the environment. */
void startThinServer(Number(process.argv[2]), process.env.DATABASE_URL ?? '').then(() => process.send?.('ready'));
if (process.channel) process.once('disconnect', () => process.exit(0));
