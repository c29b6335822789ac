import { parseArgs } from 'node:util';
import { loadConfig } from '#platform';
import { examine } from './examine';
import { Installation } from './installation';
import { isWell, jsonReport, report } from './report';
import { runningInstallation } from './running-installation';
import { doctorSettings } from './settings';

const NOTHING_KNOWN =
  'No installation is known here: start one with "npm start", or set DATABASE_ADMIN_URL, NATS_URL and what else docs/settings.md lists under "Doctor".';

/**
 * `npm run doctor`: what is wrong with an installation, and which page helps. Of the stack that this checkout runs, or of the one
 * that the environment names. Exit code 1 with any finding, 2 when there was nothing to look at.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const startedAt = performance.now();
  const settings = loadConfig(doctorSettings, { ...(await runningInstallation()), ...process.env });
  if (!settings.DATABASE_ADMIN_URL && !settings.NATS_URL) throw new Error(NOTHING_KNOWN);
  const installation = new Installation(settings);
  const outcomes = await examine(installation);
  console.log(values.json ? jsonReport(outcomes) : report(outcomes, (performance.now() - startedAt) / 1000));
  process.exitCode = isWell(outcomes) ? 0 : 1;
  await installation.close();
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  })
  // A server that hangs leaves connections that would keep this process.
  .finally(() => setImmediate(() => process.exit()));
