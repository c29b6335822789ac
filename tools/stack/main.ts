import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gatewayAddress } from './environment';
import { endWithParent } from './parent';
import { assertPortsAreFree } from './port-check';
import { forgetRunningStack, recordRunningStack, runningStack } from './running-stack';
import { loadStackSettings, type StackSettings } from './settings';
import { Stack } from './stack';
import { welcome } from './welcome';

const LEFTOVER_LIMIT_MS = 15_000;

/** `npm start`: the whole platform on this machine, until Ctrl-C. */
async function main(): Promise<void> {
  const startedAt = performance.now();
  const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });
  const settings = loadStackSettings();
  refuseSecondStart(settings);
  await waitForPorts(settings);
  if (values.fresh) beginAnew(settings);
  const stack = new Stack(settings, say);
  const address = gatewayAddress(settings);
  const { issuer, natsUrl, databaseUrl } = stack;
  recordRunningStack(settings.dataFolder, { pid: process.pid, address, issuer, natsUrl, databaseUrl });
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
      if (!wasKilled || Date.now() > end) throw error;
    }
    await delay(200);
  }
}

function beginAnew(settings: StackSettings): void {
  for (const folder of [
    settings.postgresFolder,
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
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  setImmediate(() => process.exit(1));
});
