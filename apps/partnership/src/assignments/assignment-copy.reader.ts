import { Injectable } from '@nestjs/common';
import { type Money, toMinor } from '#contracts';
import type { Instrument } from '#contracts/finance';
import type { Queries } from '#database';
import { type Course, courseOf, type CourseStep } from './assignment-course';
import { type PaidAmount, paidOf, type PaymentSaying } from './payments';

/** Bound in a budget year. */
export interface BoundYear {
  readonly year: number;
  readonly amount: Money;
}

export interface KnownAssignment extends Course {
  readonly id: string;
  readonly partnershipIds: readonly string[];
  readonly instrument: Instrument;
  readonly employerMunicipalityId: string;
  readonly from: string;
  /** The day after the last one. */
  readonly to: string;
  readonly bound: readonly BoundYear[];
  readonly paid: readonly PaidAmount[];
}

interface Row {
  readonly id: string;
  readonly partnershipIds: string[];
  readonly instrument: Instrument;
  readonly employerMunicipalityId: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly steps: readonly CourseStep[];
  readonly bound: readonly BoundYear[];
  readonly sayings: readonly (Omit<PaymentSaying, 'amountMinor' | 'returnedMinor'> & {
    readonly payoutId: string;
    readonly amountMinor: string;
    readonly returnedMinor: string;
  })[];
}

/** The assignments as the copies tell them. */
@Injectable()
export class AssignmentCopyReader {
  /** All that were ever confirmed. */
  async all(source: Queries): Promise<KnownAssignment[]> {
    return (await source.query<Row>(`${SELECT} ORDER BY a.id`)).map(known);
  }

  /** Undefined while nobody has told of it. */
  async find(source: Queries, assignmentId: string): Promise<KnownAssignment | undefined> {
    const [row] = await source.query<Row>(`${SELECT} WHERE a.id = $1`, [assignmentId]);
    return row && known(row);
  }
}

// A commitment that expired or was refused binds nothing; a later attempt has its own.
const SELECT = `
  SELECT a.id, a.partnership_ids, a.instrument, a.employer_municipality_id, a.period_from,
    coalesce((SELECT max(c.period_to) FROM commitment_copy c WHERE c.assignment_id = a.id AND c.status IN ('COMMITTED', 'RELEASED')),
      a.period_to) AS period_to,
    (SELECT coalesce(json_agg(json_build_object('version', s.version, 'step', s.step, 'on', s.happened_on)), '[]')
     FROM assignment_step_copy s WHERE s.assignment_id = a.id) AS steps,
    (SELECT coalesce(json_agg(y.value ORDER BY c.id), '[]') FROM commitment_copy c CROSS JOIN json_array_elements(c.by_year) y
     WHERE c.assignment_id = a.id AND c.status IN ('COMMITTED', 'RELEASED')) AS bound,
    (SELECT coalesce(json_agg(json_build_object('payoutId', p.payout_id, 'version', p.version, 'step', p.step, 'status', p.status,
       'on', p.happened_on, 'currency', p.currency, 'amountMinor', p.amount_minor::text, 'returnedMinor', p.returned_minor::text)), '[]')
     FROM payment_copy p WHERE p.assignment_id = a.id) AS sayings
  FROM assignment_copy a`;

function known(row: Row): KnownAssignment {
  const sayings = row.sayings.map((each) => ({
    ...each,
    amountMinor: BigInt(each.amountMinor),
    returnedMinor: BigInt(each.returnedMinor),
  }));
  return {
    id: row.id,
    partnershipIds: row.partnershipIds,
    instrument: row.instrument,
    employerMunicipalityId: row.employerMunicipalityId,
    from: row.periodFrom,
    to: row.periodTo,
    ...courseOf(row.steps),
    bound: row.bound.filter(({ amount }) => toMinor(amount).amountMinor > 0n),
    paid: [...Map.groupBy(sayings, ({ payoutId }) => payoutId).values()].flatMap(paidOf),
  };
}
