import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect } from '@nats-io/transport-node';
import { AppError, type RecheckView, SERVICES, type ServiceName } from '#contracts';
import { databaseConfigSchema, openDatabase } from '#database';
import { ensureStreams, Rechecks } from '#messaging';
import { Clock, loadConfig } from '#platform';
import { DATA_SOURCES } from './data-sources';
import { defaultDataFolder, type RunningStack, runningStack } from './stack/running-stack';
import { loadSecrets, type Secrets } from './stack/secrets';

const POLL_MS = 1000;
const WAIT_MS = 600_000;
const USAGE = 'recheck --by <who> --reason <why> [--since <instant>]';

/** A service to be rechecked, and the environment that leads to its database. */
interface Target {
  readonly service: ServiceName;
  readonly environment: NodeJS.ProcessEnv;
}

interface Wish {
  readonly by: string;
  readonly reason: string;
  readonly since?: Date;
}

/**
 * Has a service compare all that it published with what its consumers have, and publish again what is missing. With the environment
 * of a service (NATS_USER says which) that one; beside `npm start` every one, after what is missing on NATS was made anew. The
 * service itself does the work, so this may be interrupted.
 */
async function main(): Promise<void> {
  const wish = readWish();
  for (const target of await targets()) {
    const recheck = await carryOut(target, wish);
    console.log(
      recheck.finishedAt === null
        ? `${target.service}: ${recheck.checked} messages compared so far; it goes on in the background.`
        : `${target.service}: ${recheck.checked} messages compared, ${recheck.publishedAgain} published again.`,
    );
    if (recheck.missingRows === 0) continue;
    console.error(
      `${target.service}: ${recheck.missingRows} messages were deleted from the outbox; see deploy/runbooks/restore.md.`,
    );
    process.exitCode = 1;
  }
}

function readWish(): Wish {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { by: text, reason: text, since: text } });
  const { by, reason, since } = values;
  const isSayable = [by, reason].every((it) => it !== undefined && it.trim() !== '' && it.length <= 500);
  const from = since === undefined ? undefined : new Date(since);
  if (!by || !reason || !isSayable || Number.isNaN(from?.getTime())) throw new Error(USAGE);
  return { by, reason, ...(from && { since: from }) };
}

async function targets(): Promise<Target[]> {
  const service = SERVICES.find((name) => name === process.env['NATS_USER']);
  if (service) return [{ service, environment: process.env }];
  const stack = runningStack();
  if (!stack) throw new Error(`Run this beside npm start, or with the environment of one of ${SERVICES.join(', ')}.`);
  const secrets = await loadSecrets(defaultDataFolder());
  await makeStreams(stack, secrets);
  return SERVICES.map((name) => ({ service: name, environment: environmentOf(name, stack, secrets) }));
}

function environmentOf(service: ServiceName, stack: RunningStack, secrets: Secrets): NodeJS.ProcessEnv {
  const url = new URL(stack.databaseUrl);
  url.username = `svc_${service}`;
  url.password = secrets.databaseRoles[service];
  return { DATABASE_URL: url.toString(), CURSOR_SECRET: secrets.cursors[service] };
}

async function makeStreams({ natsUrl }: RunningStack, { nats }: Secrets): Promise<void> {
  const nc = await connect({ servers: natsUrl, user: 'admin', pass: nats.admin, inboxPrefix: '_INBOX_admin' });
  try {
    await ensureStreams(nc);
  } finally {
    await nc.close();
  }
}

async function carryOut({ service, environment }: Target, wish: Wish): Promise<RecheckView> {
  const database = await openDatabase(DATA_SOURCES[service], loadConfig(databaseConfigSchema, environment));
  try {
    const rechecks = new Rechecks(database, new Clock());
    const end = performance.now() + WAIT_MS;
    let recheck = await begin(rechecks, wish, end);
    while (recheck.finishedAt === null && performance.now() < end) {
      await delay(POLL_MS);
      recheck = (await rechecks.find(recheck.id)) ?? recheck;
    }
    return recheck;
  } finally {
    await database.close();
  }
}

/** Waits for the one that is running: it may be the daily one, which compares less. */
async function begin(rechecks: Rechecks, { by, ...rest }: Wish, end: number): Promise<RecheckView> {
  for (;;) {
    try {
      return await rechecks.requestAs(by, rest);
    } catch (error) {
      const isRunning = error instanceof AppError && error.code === 'PLATFORM_RECHECK_RUNNING';
      if (!isRunning || performance.now() > end) throw error;
    }
    await delay(POLL_MS);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
