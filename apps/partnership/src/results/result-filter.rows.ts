import type { RequestOf } from '#contracts';
import type { getResultTotals, listResults } from '#contracts/partnership';
import { Filters } from '#database';

const ORIGIN = 'EXISTS (SELECT FROM result_origin o WHERE o.result_id = r.id AND';

/** The countries of the partner side that a result `r` belongs to. */
export const COUNTRIES_OF_RESULT = `SELECT m.country FROM result_origin o
  JOIN partnership_participant pp ON pp.partnership_id = o.partnership_id
  JOIN municipality m ON m.id = pp.municipality_id AND m.side = 'PARTNER' WHERE o.result_id = r.id`;

/** Whether an indicator `i` serves the SDG goal. */
export const SERVES_GOAL = `EXISTS (SELECT FROM unnest(i.sdg_targets) target WHERE split_part(target, '.', 1) = ?)`;

type Filter = Omit<RequestOf<typeof getResultTotals>, 'by' | 'withOpen' | 'sdgGoal'> &
  Pick<RequestOf<typeof listResults>, 'q' | 'status'>;

/** Conditions on a result `r`; what concerns its indicators is added where those stand in the query. */
export function resultFilters({ partnershipId, projectId, assignmentId, country, type, q, status }: Filter): Filters {
  return new Filters()
    .add(`${ORIGIN} o.partnership_id = ?)`, partnershipId)
    .add(`${ORIGIN} o.project_id = ?)`, projectId)
    .add(`${ORIGIN} o.assignment_id = ?)`, assignmentId)
    .add(`? IN (${COUNTRIES_OF_RESULT})`, country)
    .add('r.type = ANY (?)', type)
    .add('r.status = ANY (?)', status)
    .add(`EXISTS (SELECT FROM json_each_text(r.title) title WHERE strpos(fold(title.value), fold(?)) > 0)`, q);
}
