import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer } from './embedded';
import { chooseInfrastructure, startPostgres } from './infrastructure';
import type { TestPostgres } from './test-servers';
import { FOLDER_VARIABLE, KIND_VARIABLE, POSTGRES_VARIABLE, RUN_VARIABLE } from './run-environment';

declare global {
  var fundTestPostgres: TestPostgres | undefined;
}

const WORDS = {
  given: 'the Postgres and NATS servers that the environment names',
  containers: 'containers: postgres:18 and nats:2.12 (a Docker engine answers)',
  embedded: 'the embedded Postgres 18 and nats-server (no Docker engine, no servers given)',
};

/** Once per run: one Postgres for all test files, and the means to start a NATS server for each. */
export default async function globalSetup(): Promise<void> {
  const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const forced = process.env[KIND_VARIABLE];
  const kind = await chooseInfrastructure();
  say(forced ? `Tests run with ${KIND_VARIABLE}=${kind}.` : `Tests run on ${WORDS[kind]}.`);
  if (kind === 'embedded') process.env['NATS_SERVER_BIN'] = await findNatsServer(say);
  const postgres = await startPostgres(kind);
  globalThis.fundTestPostgres = postgres;
  process.env[KIND_VARIABLE] = kind;
  process.env[POSTGRES_VARIABLE] = postgres.adminUrl;
  process.env[RUN_VARIABLE] = randomBytes(3).toString('hex');
  const folder = mkdtempSync(join(tmpdir(), 'fund-tests-'));
  // A database in it may run as `nobody`.
  chmodSync(folder, 0o755);
  process.env[FOLDER_VARIABLE] = folder;
}
