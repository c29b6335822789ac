import type { Period } from '#contracts';
import type { FullTimePart, PlanChanges } from '#contracts/finance';
import type { Tx } from '#database';
import type { Commitment } from './commitment.entity';

export type ShareChange = NonNullable<PlanChanges['shareChanges']>[number];

/** The shares of full time that hold after the first, in the order of their days. A later decision replaces what follows its day. */
export async function shareChangesOf(tx: Tx, commitmentId: string): Promise<ShareChange[]> {
  const rows = await tx.query<{ changedFrom: string; fullTimeFrom: number; fullTimeTo: number }>(
    `SELECT changed_from, full_time_from, full_time_to FROM commitment_share_change
     WHERE commitment_id = $1 ORDER BY request_version`,
    [commitmentId],
  );
  return rows.reduce<ShareChange[]>(
    (changes, { changedFrom: from, fullTimeFrom, fullTimeTo: to }) =>
      withShareChange(changes, { from, fullTime: { from: fullTimeFrom, to } }),
    [],
  );
}

export function withShareChange(changes: readonly ShareChange[], change: ShareChange): ShareChange[] {
  return [...changes.filter((it) => it.from < change.from), change];
}

export async function insertShareChange(
  tx: Tx,
  commitmentId: string,
  { from, fullTime }: ShareChange,
  requestVersion: number,
): Promise<void> {
  await tx.query(
    `INSERT INTO commitment_share_change (commitment_id, request_version, changed_from, full_time_from, full_time_to)
     VALUES ($1, $2, $3, $4, $5)`,
    [commitmentId, requestVersion, from, fullTime.from, fullTime.to],
  );
}

type Person = Pick<Commitment, 'expertId' | 'assignmentId'>;

/** The same with the person locked until commit: two decisions at once would take the same part. */
export async function lockTakenParts(tx: Tx, person: Person, period: Period): Promise<FullTimePart[]> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('finance.expert.' || $1, 0))`, [person.expertId]);
  return takenParts(tx, person, period);
}

/** The parts of a person's full post that other commitments take in a period. */
export function takenParts(tx: Tx, { expertId, assignmentId }: Person, { from, to }: Period): Promise<FullTimePart[]> {
  return tx.query<FullTimePart>(
    `WITH decided AS (
       SELECT id, 0 AS request_version, period_from AS since, period_to, full_time_from, full_time_to FROM commitment
       WHERE expert_id = $1 AND assignment_id <> $2 AND status IN ('RESERVED', 'COMMITTED')
     ), shares AS (
       SELECT * FROM decided
       UNION ALL
       SELECT c.id, s.request_version, s.changed_from, c.period_to, s.full_time_from, s.full_time_to
       FROM commitment_share_change s JOIN decided c ON c.id = s.commitment_id
     )
     SELECT DISTINCT full_time_from AS "from", full_time_to AS "to"
     FROM shares s, LATERAL (SELECT coalesce(min(later.since), s.period_to) AS until FROM shares later
       WHERE later.id = s.id AND later.request_version > s.request_version) held
     WHERE s.since < held.until AND s.since < $4 AND $3 < held.until`,
    [expertId, assignmentId, from, to],
  );
}
