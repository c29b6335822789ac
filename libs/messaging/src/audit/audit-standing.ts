import { type AuditStanding, boundedText } from '#contracts';
import { dayInBerlin } from '#platform';
import type { Finding } from './audit-subject';
import type { SqlReader } from './hash-chain';

/** A verification or checkpoint older than this says that the schedule stands still. */
const STALE_DAYS = 2;
const DAY_MS = 86_400_000;

/** What the last run of one task of the schedule found. */
export interface KeptVerification {
  readonly name: string;
  readonly day: string;
  readonly verifiedAt: Date;
  readonly findings: readonly Finding[];
}

export const KEPT_VERIFICATIONS = 'SELECT name, day, verified_at, findings FROM audit_verification';

/** Undefined when the last verification is fresh and found nothing, or when there was none yet. */
export function verificationFault(kept: readonly KeptVerification[], now: Date): string | undefined {
  const [first, ...others] = kept.flatMap(({ findings }) => findings);
  if (first) return others.length > 0 ? `${first.sentence} And ${others.length} more.` : first.sentence;
  const last = kept.find(({ name }) => name === 'verification');
  return last && isStale(last.verifiedAt, now) ? `not verified since ${last.verifiedAt.toISOString()}` : undefined;
}

/**
 * What is wrong with the audit of a service as its own schedule left it, one sentence each: findings, a schedule that stands still,
 * checkpoints that are missing or undelivered. It verifies nothing itself; reads with whatever rights the reader has.
 */
export async function auditFaults(reader: SqlReader, now: Date): Promise<string[]> {
  const kept = await reader.query<KeptVerification>(KEPT_VERIFICATIONS);
  const [row] = await reader.query<Standing>(STANDING);
  const { lastDay = null, undelivered = 0, beganAt = null } = row ?? {};
  const fault = verificationFault(kept, now);
  const faults = fault === undefined ? [] : [fault];
  const isOld = beganAt !== null && isStale(beganAt, now);
  if (isOld && !kept.some(({ name }) => name === 'verification')) faults.push('the audit trail was never verified');
  if (isOld && lastDay === null) faults.push('no checkpoint was ever signed');
  if (lastDay !== null && lastDay < dayInBerlin(new Date(now.getTime() - STALE_DAYS * DAY_MS)))
    faults.push(`the last checkpoint was signed on ${lastDay}`);
  if (undelivered > 0) faults.push(`${undelivered} checkpoints lie at no place outside the database`);
  return faults;
}

const FAULTS_MAX = 20;
const FAULT_MAX = 500;

/**
 * The same with numbers, for people. Cheap, as it counts nothing that grows: the seals of a chain are numbered without a gap, which the
 * verification proves.
 */
export async function auditStanding(reader: SqlReader, now: Date): Promise<AuditStanding> {
  const [row] = await reader.query<Numbers>(NUMBERS);
  const { sealed = 0, waiting = 0, number = null, day = null, places = null, verifiedAt = null } = row ?? {};
  return {
    records: { sealed, waiting },
    checkpoint: number === null || day === null ? null : { number, day, places: (places ?? []).slice(0, PLACES_MAX) },
    verifiedAt: verifiedAt?.toISOString() ?? null,
    faults: (await auditFaults(reader, now)).slice(0, FAULTS_MAX).map((fault) => boundedText(fault, FAULT_MAX)),
  };
}

const PLACES_MAX = 10;

interface Numbers {
  readonly sealed: number;
  readonly waiting: number;
  readonly number: number | null;
  readonly day: string | null;
  readonly places: readonly string[] | null;
  readonly verifiedAt: Date | null;
}

const NUMBERS = `
  SELECT (SELECT coalesce(max(seq), 0)::int FROM audit_seal) AS sealed,
    (SELECT count(*)::int FROM audit_unsealed) AS waiting,
    c.number, c.day::text AS day, c.written_to AS places,
    (SELECT verified_at FROM audit_verification WHERE name = 'verification') AS verified_at
  FROM (SELECT 1) one LEFT JOIN LATERAL (
    SELECT number, day, written_to FROM audit_checkpoint ORDER BY number DESC LIMIT 1
  ) c ON true`;

interface Standing {
  readonly lastDay: string | null;
  readonly undelivered: number;
  readonly beganAt: Date | null;
}

const STANDING = `
  SELECT (SELECT day::text FROM audit_checkpoint ORDER BY number DESC LIMIT 1) AS last_day,
    (SELECT count(*)::int FROM audit_checkpoint WHERE written_to = '{}') AS undelivered,
    (SELECT min(recorded_at) FROM audit_record) AS began_at`;

function isStale(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() > STALE_DAYS * DAY_MS;
}
