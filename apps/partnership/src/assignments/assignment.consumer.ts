import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from '#contracts';
import {
  assignmentCancelled,
  assignmentCompleted,
  assignmentConfirmed,
  assignmentDeparted,
  assignmentDepartureCorrected,
  assignmentEndedEarly,
  assignmentInterrupted,
  assignmentResumed,
} from '#contracts/staffing';
import type { Tx } from '#database';
import { Consume } from '#messaging';
import { dayInBerlin } from '#platform';
import type { AssignmentStep } from './assignment-course';

interface Step {
  readonly step: AssignmentStep;
  readonly on: string;
}

/**
 * Keeps a copy of each assignment that was confirmed, and each step of it under its version: a second delivery changes nothing, and
 * the order of arrival does not matter, as the course is read in the order of the versions. The expert and the reasons stay where
 * they are: what is not here cannot be published.
 */
@Injectable()
export class AssignmentConsumer {
  @Consume(assignmentConfirmed)
  async confirmed(message: IncomingMessage<typeof assignmentConfirmed>, tx: Tx): Promise<void> {
    const { assignmentId, partnershipIds, instrument, employerMunicipalityId, period } = message.data;
    await tx.execute(
      `INSERT INTO assignment_copy AS copy (id, version, partnership_ids, instrument, employer_municipality_id, period_from, period_to)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, partnership_ids = excluded.partnership_ids,
         instrument = excluded.instrument, employer_municipality_id = excluded.employer_municipality_id,
         period_from = excluded.period_from, period_to = excluded.period_to
       WHERE excluded.version > copy.version`,
      [
        assignmentId,
        message.aggregateVersion,
        partnershipIds,
        instrument,
        employerMunicipalityId,
        period.from,
        period.to,
      ],
    );
    await keep(tx, message, { step: 'CONFIRMED', on: dayInBerlin(message.occurredAt) });
  }

  @Consume(assignmentDeparted)
  departed(message: IncomingMessage<typeof assignmentDeparted>, tx: Tx): Promise<void> {
    return keep(tx, message, { step: 'DEPARTED', on: message.data.departedOn });
  }

  @Consume(assignmentDepartureCorrected)
  corrected(message: IncomingMessage<typeof assignmentDepartureCorrected>, tx: Tx): Promise<void> {
    return keep(tx, message, { step: 'DEPARTURE_CORRECTED', on: message.data.departedOn });
  }

  @Consume(assignmentCancelled)
  cancelled(message: IncomingMessage<typeof assignmentCancelled>, tx: Tx): Promise<void> {
    return keep(tx, message, { step: 'CANCELLED', on: dayInBerlin(message.occurredAt) });
  }

  @Consume(assignmentCompleted)
  completed(message: IncomingMessage<typeof assignmentCompleted>, tx: Tx): Promise<void> {
    return keep(tx, message, { step: 'COMPLETED', on: message.data.endedOn });
  }

  @Consume(assignmentInterrupted)
  interrupted(message: IncomingMessage<typeof assignmentInterrupted>, tx: Tx): Promise<void> {
    return keep(tx, message, { step: 'INTERRUPTED', on: message.data.interruptedOn });
  }

  @Consume(assignmentResumed)
  resumed(message: IncomingMessage<typeof assignmentResumed>, tx: Tx): Promise<void> {
    return keep(tx, message, { step: 'RESUMED', on: message.data.resumedOn });
  }

  @Consume(assignmentEndedEarly)
  endedEarly(message: IncomingMessage<typeof assignmentEndedEarly>, tx: Tx): Promise<void> {
    return keep(tx, message, { step: 'ENDED_EARLY', on: message.data.endedOn });
  }
}

type OfAssignment = Pick<IncomingMessage<typeof assignmentCancelled>, 'aggregateVersion' | 'data'>;

async function keep(tx: Tx, { aggregateVersion, data }: OfAssignment, { step, on }: Step): Promise<void> {
  await tx.execute(
    `INSERT INTO assignment_step_copy (assignment_id, version, step, happened_on) VALUES ($1, $2, $3, $4)
     ON CONFLICT (assignment_id, version) DO NOTHING`,
    [data.assignmentId, aggregateVersion, step, on],
  );
}
