import type { NatsConnection } from '@nats-io/transport-node';
import { z } from 'zod';
import { migrate } from '#database';
import { ensureStreams } from '#messaging';
import { connectNats, loadConfig, natsTlsVariables } from '#platform';
import { eventsDataSource } from '../apps/events/src/data-source';
import { financeDataSource } from '../apps/finance/src/data-source';
import { partnershipDataSource } from '../apps/partnership/src/data-source';
import { staffingDataSource } from '../apps/staffing/src/data-source';

const password = z.string().min(12).optional();

const schema = z.object({
  /** An administrator who may make roles and schemas in this database. */
  DATABASE_ADMIN_URL: z.string().min(1),
  DATABASE_PASSWORD_PARTNERSHIP: password,
  DATABASE_PASSWORD_STAFFING: password,
  DATABASE_PASSWORD_FINANCE: password,
  DATABASE_PASSWORD_EVENTS: password,
  DATABASE_PASSWORD_AUDIT: password,
  NATS_URL: z.string().min(1),
  ...natsTlsVariables,
  NATS_ADMIN_USER: z.string().default('admin'),
  NATS_ADMIN_PASSWORD: z.string().min(1),
  NATS_STREAM_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  NATS_STREAM_BYTES_MAX: z.coerce.number().int().min(1_000_000).optional(),
});

/** The step before every start: roles, schemas and reference data in Postgres, streams and consumers in NATS. Safe to repeat. */
async function main(): Promise<void> {
  const config = loadConfig(schema);
  const nc = await connectNats(config, {
    user: config.NATS_ADMIN_USER,
    pass: config.NATS_ADMIN_PASSWORD,
    inboxPrefix: `_INBOX_${config.NATS_ADMIN_USER}`,
    name: 'migrate',
    maxReconnectAttempts: 60,
  });
  try {
    await Promise.all([migrateDatabase(config), prepareStreams(nc, config)]);
  } finally {
    await nc.close();
  }
  console.log('Schemas and streams are up to date.');
}

function migrateDatabase(config: z.output<typeof schema>): Promise<void> {
  return migrate({
    adminUrl: config.DATABASE_ADMIN_URL,
    services: [partnershipDataSource, staffingDataSource, financeDataSource, eventsDataSource],
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

function prepareStreams(nc: NatsConnection, config: z.output<typeof schema>): Promise<void> {
  return ensureStreams(nc, { replicas: config.NATS_STREAM_REPLICAS, maxBytes: config.NATS_STREAM_BYTES_MAX });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
