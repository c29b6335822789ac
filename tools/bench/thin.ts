import { startThinServer } from './thin-server';

/** The yardstick as a process of its own: `node thin.js PORT`, with DATABASE_URL and FINANCE_DATABASE_URL in the environment. */
const port = Number(process.argv[2]);
const urls = { partnership: process.env.DATABASE_URL ?? '', finance: process.env.FINANCE_DATABASE_URL ?? '' };
void startThinServer(port, urls).then(() => process.send?.('ready'));
if (process.channel) process.once('disconnect', () => process.exit(0));
