import { z } from 'zod';
import { httpUrl, platformConfigSchema } from '#platform';
import { publicKeyFrom, type PublicSigningKey } from '../signing/ed25519-key';
import { CheckpointSigner } from './checkpoint';
import { type CheckpointPlace, DirectoryPlace } from './checkpoint-place';
import { MailPlace } from './mail-place';
import { S3Place } from './s3-place';

/** Public halves of checkpoint keys, as JSON: `[{"kty":"OKP","crv":"Ed25519","x":"..."}]`. */
export const CheckpointKeys = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('is no JSON');
      return z.NEVER;
    }
  })
  .pipe(z.array(z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().min(40).max(50) })).max(100))
  .transform((keys) => keys.map(({ x }) => publicKeyFrom(x)));

/** Where checkpoints are kept; any number of places at once. */
export const placeVariables = {
  CHECKPOINT_DIRECTORY: z
    .string()
    .min(1)
    .optional()
    .describe("A folder on a disk that the database's administrators do not write"),
  CHECKPOINT_S3_URL: httpUrl().optional().describe('A bucket of an S3 store'),
  CHECKPOINT_S3_REGION: z.string().default('eu-central-1').describe('Its region'),
  CHECKPOINT_S3_ACCESS_KEY_ID: z.string().min(1).optional().describe('Who writes there'),
  CHECKPOINT_S3_SECRET_ACCESS_KEY: z.string().min(1).optional().describe('Its secret'),
  CHECKPOINT_SMTP_URL: z.url().optional().describe('A mail server, `smtps://user:password@host`'),
  CHECKPOINT_MAIL_FROM: z.string().min(3).optional().describe('The sender of the checkpoints'),
  CHECKPOINT_MAIL_TO: z.string().min(3).optional().describe('Who keeps them'),
};

type Places = z.output<z.ZodObject<typeof placeVariables>>;

/** How a service has its audit trail checked. */
export const auditConfigSchema = z
  .object({
    ...placeVariables,
    NODE_ENV: platformConfigSchema.shape.NODE_ENV,
    CHECKPOINT_KEY: z
      .string()
      .min(1)
      .optional()
      .describe("Ed25519 key (PKCS8 in PEM, or JWK) that signs the checkpoints of this service's chains"),
    CHECKPOINT_KEYS_BEFORE: CheckpointKeys.default([]).describe('Public keys that signed before the present one'),
    CHECKPOINT_ACCEPTED_FROM: z.coerce
      .number()
      .int()
      .min(1)
      .default(1)
      .describe('Checkpoints before this number no longer count: an incident with them was examined and closed'),
    AUDIT_WATCH_MS: z.coerce
      .number()
      .int()
      .min(50)
      .default(60_000)
      .describe('How often is looked whether a checkpoint or a verification is due'),
  })
  .refine((it) => it.CHECKPOINT_KEY !== undefined || it.NODE_ENV !== 'production', {
    path: ['CHECKPOINT_KEY'],
    message: 'is missing: without signed checkpoints nobody sees that the end of the audit trail was cut off',
  })
  .refine((it) => placesOf(it).length > 0 || it.NODE_ENV !== 'production', {
    path: ['CHECKPOINT_DIRECTORY'],
    message:
      'is missing, and so are CHECKPOINT_S3_URL and CHECKPOINT_MAIL_TO: checkpoints need a place outside the database',
  })
  .refine((it) => !it.CHECKPOINT_S3_URL || (it.CHECKPOINT_S3_ACCESS_KEY_ID && it.CHECKPOINT_S3_SECRET_ACCESS_KEY), {
    path: ['CHECKPOINT_S3_URL'],
    message: 'needs CHECKPOINT_S3_ACCESS_KEY_ID and CHECKPOINT_S3_SECRET_ACCESS_KEY',
  })
  .refine((it) => !it.CHECKPOINT_MAIL_TO || (it.CHECKPOINT_SMTP_URL && it.CHECKPOINT_MAIL_FROM), {
    path: ['CHECKPOINT_MAIL_TO'],
    message: 'needs CHECKPOINT_SMTP_URL and CHECKPOINT_MAIL_FROM',
  });

/** Injectable: the validated configuration of the audit of this service. */
export class AuditConfig {
  readonly signer: CheckpointSigner | undefined;
  readonly keys: readonly PublicSigningKey[];
  readonly places: readonly CheckpointPlace[];
  readonly acceptedFrom: number;
  readonly watchMs: number;

  constructor(values: z.output<typeof auditConfigSchema>) {
    this.signer = values.CHECKPOINT_KEY === undefined ? undefined : new CheckpointSigner(values.CHECKPOINT_KEY);
    this.keys = [...(this.signer ? [this.signer.publicKey] : []), ...values.CHECKPOINT_KEYS_BEFORE];
    this.places = placesOf(values);
    this.acceptedFrom = values.CHECKPOINT_ACCEPTED_FROM;
    this.watchMs = values.AUDIT_WATCH_MS;
  }
}

/** The places that a configuration names. */
export function placesOf(values: Places): CheckpointPlace[] {
  const { CHECKPOINT_DIRECTORY: folder, CHECKPOINT_S3_URL: url, CHECKPOINT_S3_REGION: region } = values;
  const { CHECKPOINT_S3_ACCESS_KEY_ID: accessKeyId, CHECKPOINT_S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  const { CHECKPOINT_SMTP_URL: smtpUrl, CHECKPOINT_MAIL_FROM: from, CHECKPOINT_MAIL_TO: to } = values;
  return [
    ...(folder ? [new DirectoryPlace(folder)] : []),
    ...(url && accessKeyId && secretAccessKey ? [new S3Place({ url, region, accessKeyId, secretAccessKey })] : []),
    ...(smtpUrl && from && to ? [new MailPlace({ smtpUrl, from, to })] : []),
  ];
}
