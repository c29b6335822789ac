import { AppError } from '#contracts';
import type { Tx } from '#database';
import type { Assignment } from './assignment.entity';

/**
 * Refuses an assignment with which its expert would work more than full time on some day, and names the day and the assignments.
 * The expert is locked until commit, as the trigger does, which refuses the same to whoever does not ask before.
 */
export async function refuseOverfull(tx: Tx, assignment: Assignment): Promise<void> {
  await lockExpert(tx, assignment.expertId);
  const [overfull] = await tx.query<{ day: string; percent: number; others: string[] }>(
    `SELECT day, percent, others FROM overfull_day(jsonb_populate_record(NULL::assignment, $1::jsonb))`,
    [JSON.stringify(rowOf(assignment))],
  );
  if (!overfull) return;
  throw new AppError('STAFFING_EXPERT_NOT_AVAILABLE', {
    day: overfull.day,
    percent: overfull.percent,
    assignmentIds: overfull.others,
  });
}

/**
 * Two planners of one person wait for each other. Written and not only locked: it also fails the loser at the stricter isolation
 * levels.
 */
export async function lockExpert(tx: Tx, expertId: string): Promise<void> {
  await tx.execute(
    `INSERT INTO expert_occupancy AS occupancy (expert_id, revision) VALUES ($1, 1)
     ON CONFLICT ON CONSTRAINT pk_expert_occupancy DO UPDATE SET revision = occupancy.revision + 1`,
    [expertId],
  );
}

/** The columns that say when and for which share an assignment takes its expert. */
function rowOf(it: Assignment): Record<string, unknown> {
  return {
    id: it.id,
    expert_id: it.expertId,
    period_from: it.periodFrom,
    period_to: it.periodTo,
    ended_on: it.endedOn,
    extension_requested_to: it.extensionRequestedTo,
    full_time_percent: it.fullTimePercent,
    share_changes: it.shareChanges,
    share_request: it.shareRequest,
  };
}
