import { z } from 'zod';
import type { ServiceName } from '#contracts';
import { databaseUrl } from '#platform';
import {
  auditConfigSchema,
  AUDIT_TRAIL,
  type AuditSubject,
  CheckpointKeys,
  placesOf,
  placeVariables,
  type VerificationReport,
  verifyService,
} from '#messaging';
import { JOURNAL } from '../../apps/finance/src/budget/ledger/journal-subject.rows';
import { withReader } from './audit-database';

export const verifySettings = z.object({
  ...placeVariables,
  AUDIT_DATABASE_URL: databaseUrl().describe('Logs in as `ro_audit`, which may read what is verified and nothing else'),
  CHECKPOINT_PUBLIC_KEYS: CheckpointKeys.describe(
    'The public halves of the checkpoint keys of all services, also of those that were used before',
  ),
  CHECKPOINT_ACCEPTED_FROM: auditConfigSchema.shape.CHECKPOINT_ACCEPTED_FROM,
});

/** What each service has under audit. */
export const SUBJECTS: Readonly<Record<ServiceName, readonly AuditSubject[]>> = {
  partnership: [AUDIT_TRAIL],
  staffing: [AUDIT_TRAIL],
  finance: [AUDIT_TRAIL, JOURNAL],
  events: [AUDIT_TRAIL],
};

/** Verifies one service from outside: its chains, checkpoints and stored amounts. */
export function verifyFromOutside(
  service: ServiceName,
  settings: z.output<typeof verifySettings>,
): Promise<VerificationReport> {
  return withReader(settings.AUDIT_DATABASE_URL, service, async (reader) => {
    const documents = new Map<string, string[]>();
    for (const place of placesOf(settings)) {
      if (place.readAll) documents.set(place.name, await place.readAll(service));
    }
    const { CHECKPOINT_PUBLIC_KEYS: keys, CHECKPOINT_ACCEPTED_FROM: acceptedFrom } = settings;
    return verifyService({ service, reader, subjects: SUBJECTS[service], documents, keys, acceptedFrom });
  });
}
