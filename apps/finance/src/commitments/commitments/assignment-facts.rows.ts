import { AppError } from '#contracts';
import type { Tx } from '#database';

/**
 * What staffing told about an assignment. Facts only accumulate, whatever order they arrive in: a step is taken once all the
 * facts it needs are there.
 */
export interface AssignmentFacts {
  readonly id: string;
  /** Version of the assignment at its latest funding request. */
  readonly requestedVersion: number | null;
  readonly confirmedVersion: number | null;
  readonly cancelledVersion: number | null;
  readonly departedOn: string | null;
  /** Day after the last day of service. */
  readonly endedOn: string | null;
}

export type NewFacts = Partial<Omit<AssignmentFacts, 'id'>>;

/** Adds facts and returns all of them; the row stays locked, so that the messages of one assignment work one after the other. */
export async function recordFacts(tx: Tx, id: string, facts: NewFacts): Promise<AssignmentFacts> {
  const [row] = await tx.query<AssignmentFacts>(RECORD, [
    id,
    facts.requestedVersion ?? null,
    facts.confirmedVersion ?? null,
    facts.cancelledVersion ?? null,
    facts.departedOn ?? null,
    facts.endedOn ?? null,
  ]);
  if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
  return row;
}

/** What is known so far, with the assignment locked. */
export async function lockFacts(tx: Tx, id: string): Promise<AssignmentFacts> {
  return recordFacts(tx, id, {});
}

export interface AssignmentChange {
  readonly version: number;
  readonly kind: 'INTERRUPTED' | 'RESUMED' | 'ENDED_EARLY';
  readonly changedOn: string;
  readonly isAttributable: boolean;
}

/** Notes what happened to an assignment; a copy of what is known changes nothing. */
export async function recordChange(tx: Tx, assignmentId: string, change: AssignmentChange): Promise<void> {
  await tx.query(
    `INSERT INTO assignment_change_copy (assignment_id, version, kind, changed_on, is_attributable)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (assignment_id, version) DO NOTHING`,
    [assignmentId, change.version, change.kind, change.changedOn, change.isAttributable],
  );
}

/** Everything that happened to an assignment so far, in the order in which it happened. */
export function readChanges(tx: Tx, assignmentId: string): Promise<AssignmentChange[]> {
  return tx.query<AssignmentChange>(
    `SELECT version, kind, changed_on, is_attributable
     FROM assignment_change_copy WHERE assignment_id = $1 ORDER BY version`,
    [assignmentId],
  );
}

/** From this day on payments pause; null: they do not. */
export async function pauseFrom(tx: Tx, assignmentId: string, day: string | null): Promise<void> {
  await tx.query('UPDATE assignment_copy SET paused_from = $2 WHERE id = $1', [assignmentId, day]);
}

// greatest() ignores nulls: a late copy of an older fact changes nothing.
const RECORD = `
INSERT INTO assignment_copy AS a (id, requested_version, confirmed_version, cancelled_version, departed_on, ended_on)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET
  requested_version = greatest(a.requested_version, excluded.requested_version),
  confirmed_version = greatest(a.confirmed_version, excluded.confirmed_version),
  cancelled_version = greatest(a.cancelled_version, excluded.cancelled_version),
  departed_on = coalesce(a.departed_on, excluded.departed_on),
  ended_on = coalesce(a.ended_on, excluded.ended_on)
RETURNING id, requested_version, confirmed_version, cancelled_version, departed_on, ended_on`;
