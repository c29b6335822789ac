import { startThinServer } from './thin-server';

/** The yardstick as a process of its own: `node thin.js PORT`, with DATABASE_URL in the environment. */
const port = Number(process.argv[2]);
void startThinServer(port, process.env.DATABASE_URL ?? '').then(() => process.send?.('ready'));
if (process.channel) process.once('disconnect', () => process.exit(0));
