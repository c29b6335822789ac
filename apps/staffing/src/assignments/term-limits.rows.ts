import { AppError, type Period } from '#contracts';
import type { Instrument } from '#contracts/finance';
import type { Tx } from '#database';
import { expertsAskedFor } from '../expert-requests/selected-request.reader';
import { lockExpert } from './expert-time.rows';
import { refuseSum } from './term-sum';

/** An assignment that takes, or goes on taking, the time of a person and a place of a request. */
interface Taking {
  readonly id: string;
  readonly expertId: string;
  readonly expertRequestId: string;
  readonly instrument: Instrument;
  readonly period: Period;
}

/**
 * Refuses an assignment with which the person's terms with the instrument, or those of the request, would be longer than the
 * instrument allows, or the request would have more experts than it asks for (docs/domain.md#assignments). One that does not say how
 * many has room for as long a service as one expert's. The request and the person
 * are locked first, so that two planners wait for each other; the database counts the experts once more.
 */
export async function refuseBeyondLimits(tx: Tx, taking: Taking, monthsMax: number): Promise<void> {
  const { expertId, expertRequestId, instrument, period } = taking;
  const numberOfExperts = await expertsAskedFor(tx, expertRequestId);
  await lockExpert(tx, expertId);
  const others = await besides(tx, taking);
  const ofRequest = others.filter((other) => other.expertRequestId === expertRequestId);
  const experts = new Set(ofRequest.filter(({ hasPlace }) => hasPlace).map((other) => other.expertId));
  experts.delete(expertId);
  if (numberOfExperts !== null && experts.size >= numberOfExperts) {
    throw new AppError('STAFFING_EXPERT_REQUEST_EXPERTS_REACHED', { numberOfExperts, planned: experts.size });
  }
  const ofPerson = others.filter((other) => other.expertId === expertId && other.instrument === instrument);
  refuseSum('STAFFING_EXPERT_TERMS_TOO_LONG', monthsMax, [[...ofPerson, period]]);
  const byExpert = Map.groupBy([...ofRequest, { expertId, ...period }], (term) => term.expertId);
  refuseSum('STAFFING_EXPERT_REQUEST_TERMS_TOO_LONG', monthsMax * (numberOfExperts ?? 1), [...byExpert.values()]);
}

interface Other extends Period {
  readonly expertId: string;
  readonly expertRequestId: string;
  readonly instrument: Instrument;
  readonly hasPlace: boolean;
}

/** The other assignments of the person and of the request, each until its end or the end that it asks for. */
function besides(tx: Tx, { id, expertId, expertRequestId }: Taking): Promise<Other[]> {
  return tx.query<Other>(
    `SELECT expert_id, expert_request_id, instrument, status <> 'ENDED_EARLY' AS has_place, period_from AS from,
       coalesce(ended_on, greatest(period_to, extension_requested_to)) AS to
     FROM assignment
     WHERE id <> $1 AND status NOT IN ('FUNDING_REFUSED', 'CANCELLED') AND (expert_id = $2 OR expert_request_id = $3)`,
    [id, expertId, expertRequestId],
  );
}
