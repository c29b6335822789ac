import { rmSync } from 'node:fs';
import { Client, escapeIdentifier } from 'pg';
import { removeContainersOfRun } from './containers';
import { KIND_VARIABLE, POSTGRES_VARIABLE, RUN_VARIABLE, testRunFolder } from './run-environment';

/** Ends the Postgres that the run was started on; on a server that was given, removes the databases of this run. */
export default async function globalTeardown(): Promise<void> {
  if (process.env[KIND_VARIABLE] === 'given') await dropDatabases();
  if (process.env[KIND_VARIABLE] === 'containers') await removeContainersOfRun();
  await globalThis.fundTestPostgres?.stop();
  rmSync(testRunFolder(), { recursive: true, force: true });
}

async function dropDatabases(): Promise<void> {
  const admin = new Client({ connectionString: process.env[POSTGRES_VARIABLE] });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE datname LIKE $1',
      [`test_${process.env[RUN_VARIABLE]}_%`],
    );
    for (const { name } of rows) await admin.query(`DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`);
  } finally {
    await admin.end();
  }
}
