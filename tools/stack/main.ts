import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { StartUpFault } from '#platform/settings';
import { gatewayAddress } from './environment';
import { endWithParent } from './parent';
import { assertPortsAreFree } from './port-check';
import { postgresFolder } from './postgres-folder';
import { forgetRunningStack, recordRunningStack, runningStack } from './running-stack';
import { loadStackSettings, makeDataFolder, type StackSettings } from './settings';
import { Stack } from './stack';
import { welcome } from './welcome';

const LEFTOVER_LIMIT_MS = 15_000;
const USAGE = 'To delete all data of earlier starts and begin anew: npm start -- --fresh';

/** `npm start`: the whole platform on this machine, until Ctrl-C. */
async function main(): Promise<void> {
  const startedAt = performance.now();
  const { fresh } = readArguments();
  const settings = loadStackSettings();
  makeDataFolder(settings);
  refuseSecondStart(settings);
  await waitForPorts(settings);
  if (fresh) beginAnew(settings);
  const stack = new Stack(settings, say);
  const address = gatewayAddress(settings);
  const { issuer, natsUrl, databaseUrl } = stack;
  const opsPortsFrom = settings.OPS_PORTS_FROM;
  recordRunningStack(settings.dataFolder, {
    pid: process.pid,
    address,
    issuer,
    natsUrl,
    databaseUrl,
    opsPortsFrom,
  });
  let stopping: Promise<void> | undefined;
  const stop = (reason: string): void => {
    // Ctrl-C reaches us from the terminal and once more from npm: one stop is enough.
    stopping ??= stopStack(stack, { settings, reason });
    void stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  endWithParent(() => stop('the program that started it is gone'));
  try {
    await stack.start();
  } catch (error) {
    if (stopping) return;
    stopping = stopStack(stack, { settings, reason: 'it could not start' });
    await stopping;
    throw error;
  }
  if (stopping) return;
  const seconds = (performance.now() - startedAt) / 1000;
  say(welcome({ settings, issuer: stack.issuer, seconds, memoryMb: stack.memoryMb() }));
  await stack.tellStory();
}

async function stopStack(
  stack: Stack,
  { settings, reason }: { settings: StackSettings; reason: string },
): Promise<void> {
  say(`Stopping (${reason}).`);
  await stack.stop();
  forgetRunningStack(settings.dataFolder);
  say('Everything that was started has ended. The data stays for the next start.');
  // The channel to the starter and the signal handlers would keep this process.
  setImmediate(() => process.exit(process.exitCode ?? 0));
}

function readArguments(): { fresh: boolean } {
  // Without the dashes npm takes the word for itself, and the data would silently stay.
  if (process.env['npm_config_fresh'] !== undefined) throw new StartUpFault(`npm took "--fresh" for itself. ${USAGE}`);
  try {
    return parseArgs({ options: { fresh: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw new StartUpFault(`${error instanceof Error ? error.message : String(error)}. ${USAGE}`, { cause: error });
  }
}

function refuseSecondStart(settings: StackSettings): void {
  const running = runningStack(settings.dataFolder);
  if (!running) return;
  throw new Error(
    `The platform already runs from this folder, at ${running.address} (process ${running.pid}). Stop it with Ctrl-C there, or with "kill ${running.pid}".`,
  );
}

/** After a start that was killed, its processes may need a moment to notice and end. */
async function waitForPorts(settings: StackSettings): Promise<void> {
  const wasKilled = existsSync(join(settings.dataFolder, 'stack.json'));
  for (const end = Date.now() + LEFTOVER_LIMIT_MS; ;) {
    try {
      return await assertPortsAreFree(settings);
    } catch (error) {
      // A fault stays; a port may become free.
      if (error instanceof StartUpFault || !wasKilled || Date.now() > end) throw error;
    }
    await delay(200);
  }
}

function beginAnew(settings: StackSettings): void {
  for (const folder of [
    postgresFolder(settings.dataFolder, say),
    ...['nats', 'logs', 'checkpoints', 'secrets.json', 'identity-provider-keys.json'].map((name) =>
      join(settings.dataFolder, name),
    ),
  ]) {
    rmSync(folder, { recursive: true, force: true });
  }
  say('All data of earlier starts is gone; beginning anew.');
  if (settings.DATABASE_ADMIN_URL) say('The database that DATABASE_ADMIN_URL names is yours and was left as it is.');
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

// A terminal that is gone or a file on a full disk takes no sentence; that ends nothing of what runs.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
  setImmediate(() => process.exit(1));
});

// The system's own words name the file (EACCES, ENOSPC); what helps is the same for all of them.
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isFileFault = 'path' in error && 'syscall' in error;
  return isFileFault
    ? `${error.message}. The data folder has to be this user's and needs room; another one: FUND_DATA_DIR=<folder> npm start`
    : error.message;
}
