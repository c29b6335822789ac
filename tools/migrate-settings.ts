import { z } from 'zod';
import { databaseUrl, natsTlsVariables, platformConfigSchema } from '#platform';

const password = z
  .string()
  .min(12)
  .optional()
  .describe('Of the role that logs in; without it the role keeps what it has');

/** What the migration step is told. */
export const migrationSettings = z.object({
  DATABASE_ADMIN_URL: databaseUrl().describe('An administrator who may make roles and schemas in this database'),
  DATABASE_PASSWORD_PARTNERSHIP: password,
  DATABASE_PASSWORD_STAFFING: password,
  DATABASE_PASSWORD_FINANCE: password,
  DATABASE_PASSWORD_EVENTS: password,
  DATABASE_PASSWORD_AUDIT: password,
  NATS_URL: platformConfigSchema.shape.NATS_URL,
  ...natsTlsVariables,
  NATS_ADMIN_USER: z.string().default('admin').describe('Makes streams and consumers, and has no right on messages'),
  NATS_ADMIN_PASSWORD: z.string().min(1).describe('Its password'),
  NATS_STREAM_REPLICAS: z.coerce
    .number()
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe('Servers of a cluster that keep each message'),
  NATS_STREAM_BYTES_MAX: z.coerce
    .number()
    .int()
    .min(1_000_000)
    .optional()
    .describe('Room of a stream; without it as much as the disk has'),
});

export type MigrationSettings = z.output<typeof migrationSettings>;
