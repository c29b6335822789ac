import { migrate } from '#database';
import { ensureStreams } from '#messaging';
import { connectNats, endWithSentence, loadConfig, StartUpFault } from '#platform';
import { DATA_SOURCES } from './data-sources';
import { type MigrationSettings, migrationSettings } from './migrate-settings';

/** The step is run again by whoever runs it; people who wait for it want to know why. */
const PATIENCE_MS = 5_000;

/** The step before every start: roles, schemas and reference data in Postgres, streams and consumers in NATS. Safe to repeat. */
async function main(): Promise<void> {
  const config = loadConfig(migrationSettings);
  // Both to their end, so that one run says all that is wrong.
  const outcomes = await Promise.allSettled([migrateDatabase(config), prepareStreams(config)]);
  const faults = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  const sentences = faults.flatMap((fault) => (fault instanceof StartUpFault ? [fault.message] : []));
  if (sentences.length < faults.length) throw new AggregateError(faults, 'The migration step failed');
  if (sentences.length > 0) throw new StartUpFault(sentences.join('\n'));
  console.log('Schemas and streams are up to date.');
}

function migrateDatabase(config: MigrationSettings): Promise<void> {
  return migrate({
    adminUrl: config.DATABASE_ADMIN_URL,
    services: Object.values(DATA_SOURCES),
    passwords: {
      partnership: config.DATABASE_PASSWORD_PARTNERSHIP,
      staffing: config.DATABASE_PASSWORD_STAFFING,
      finance: config.DATABASE_PASSWORD_FINANCE,
      events: config.DATABASE_PASSWORD_EVENTS,
      ro_audit: config.DATABASE_PASSWORD_AUDIT,
    },
    log: (line) => console.log(line),
  });
}

async function prepareStreams(config: MigrationSettings): Promise<void> {
  const nc = await connectNats(
    config,
    {
      user: config.NATS_ADMIN_USER,
      pass: config.NATS_ADMIN_PASSWORD,
      inboxPrefix: `_INBOX_${config.NATS_ADMIN_USER}`,
      name: 'migrate',
      maxReconnectAttempts: 60,
    },
    { credentials: 'NATS_ADMIN_USER and NATS_ADMIN_PASSWORD', patienceMs: PATIENCE_MS },
  );
  try {
    await ensureStreams(nc, { replicas: config.NATS_STREAM_REPLICAS, maxBytes: config.NATS_STREAM_BYTES_MAX });
  } finally {
    await nc.close();
  }
}

main().catch(endWithSentence);
