import { z } from 'zod';
import { SERVICES, type ServiceName } from '#contracts';
import { answerSealConfigSchema, messagingConfigFor } from '#messaging';
import { httpUrl, oidcVariables } from '#platform';
import { migrationSettings } from '../migrate-settings';

/** `DATABASE_PASSWORD_FINANCE` */
export function variable(prefix: string, service: ServiceName): string {
  return `${prefix}_${service.toUpperCase()}`;
}

const perService = <T>(prefix: string, value: T): Record<string, T> =>
  Object.fromEntries(SERVICES.map((service) => [variable(prefix, service), value]));

const OpsUrls = z
  .string()
  .transform((list) => list.split(',').map((part) => part.trim().split(/=(.*)/s).slice(0, 2)))
  .pipe(z.array(z.tuple([z.string().min(1), httpUrl()])));

const { shape: step } = migrationSettings.partial();

/**
 * What the doctor may be told: what the migration step is told, and where else to look. All of it is optional; what is not known is
 * not looked at, and the report says so.
 */
export const doctorSettings = z.object({
  ...step,
  NATS_ADMIN_USER: migrationSettings.shape.NATS_ADMIN_USER,
  NATS_STREAM_REPLICAS: z.coerce.number().int().min(1).optional().describe('As the migration step is told'),
  OIDC_ISSUER: oidcVariables.OIDC_ISSUER.optional().describe('The provider whose keys have to be there'),
  OIDC_JWKS_URL: oidcVariables.OIDC_JWKS_URL,
  OIDC_LOOPBACK_JWKS_URL: oidcVariables.OIDC_LOOPBACK_JWKS_URL,
  TRUSTED_SIGNING_KEYS: messagingConfigFor('finance').shape.TRUSTED_SIGNING_KEYS,
  ...perService('ANSWER_KEYS', answerSealConfigSchema.shape.ANSWER_KEYS),
  ...perService(
    'CURSOR_SECRET',
    z.string().min(1).optional().describe('Of that service; needed to look at answer keys'),
  ),
  DOCTOR_OPS_URLS: OpsUrls.default([]).describe(
    'Where the processes answer for health and metrics: `finance=http://finance:9100,gateway=…`',
  ),
  DOCTOR_DISKS: z
    .string()
    .transform((list) => list.split(',').map((folder) => folder.trim()))
    .default([])
    .describe('Folders with commas between, one on each disk that the installation fills'),
});
export type DoctorSettings = z.output<typeof doctorSettings>;
