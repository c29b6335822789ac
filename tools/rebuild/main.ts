import { PostgresClient } from '#database';
import { defaultDataFolder, runningStack } from '../stack/running-stack';
import { loadSecrets } from '../stack/secrets';
import { COPIES, forgetting } from './copies';

/**
 * Empties the copies that the partnership service makes of other services' messages, so that they are told again: for a copy that is
 * suspected to be wrong, or after its making was changed. Beside `npm start`, or with DATABASE_ADMIN_URL.
 */
async function main(): Promise<void> {
  const client = new PostgresClient({ connectionString: await adminUrl() });
  await client.connect();
  try {
    await client.query(forgetting('partnership'));
  } finally {
    await client.end();
  }
  console.log(`Emptied: ${COPIES.partnership.join(', ')}.`);
  console.log(
    'The other services notice within a minute and tell everything again; `npm run recheck` makes them do it now.',
  );
}

async function adminUrl(): Promise<string> {
  const given = process.env['DATABASE_ADMIN_URL'];
  if (given) return given;
  const stack = runningStack();
  if (!stack) throw new Error('Run this beside npm start, or with DATABASE_ADMIN_URL.');
  const url = new URL(stack.databaseUrl);
  url.username = 'postgres';
  url.password = (await loadSecrets(defaultDataFolder())).postgresAdmin;
  return url.toString();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
