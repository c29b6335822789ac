import { Injectable } from '@nestjs/common';
import { type DataOf, type IncomingMessage, type Money, toMinor } from '#contracts';
import { commitmentRecorded, payoutBooked, payoutReopened, payoutReturned } from '#contracts/finance';
import type { Tx } from '#database';
import { Consume, Project } from '#messaging';
import { dayInBerlin } from '#platform';

/** Keeps what is bound for assignments, and what the bank said of their payments; expenses that were made for none stay out. */
@Injectable()
export class AssignmentMoneyConsumer {
  @Project(commitmentRecorded)
  async recorded(messages: readonly IncomingMessage<typeof commitmentRecorded>[], tx: Tx): Promise<void> {
    for (const { aggregateVersion, data } of messages)
      await tx.execute(
        `INSERT INTO commitment_copy AS copy (id, version, assignment_id, status, period_from, period_to, by_year)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, status = excluded.status, period_from = excluded.period_from,
           period_to = excluded.period_to, by_year = excluded.by_year
         WHERE excluded.version > copy.version`,
        [
          data.commitmentId,
          aggregateVersion,
          data.assignmentId,
          data.status,
          data.period.from,
          data.period.to,
          JSON.stringify(data.byYear),
        ],
      );
  }

  @Consume(payoutBooked)
  booked(message: IncomingMessage<typeof payoutBooked>, tx: Tx): Promise<void> {
    return keep(tx, message, { step: 'BOOKED', on: message.data.bookedOn });
  }

  @Consume(payoutReturned)
  returned(message: IncomingMessage<typeof payoutReturned>, tx: Tx): Promise<void> {
    return keep(tx, message, { step: 'RETURNED', on: message.data.returnedOn, returned: message.data.returned });
  }

  @Consume(payoutReopened)
  reopened(message: IncomingMessage<typeof payoutReopened>, tx: Tx): Promise<void> {
    return keep(tx, message, { step: 'REOPENED', on: dayInBerlin(message.occurredAt) });
  }
}

interface Saying {
  readonly step: 'BOOKED' | 'RETURNED' | 'REOPENED';
  readonly on: string;
  readonly returned?: Money;
}

interface OfPayout {
  readonly aggregateVersion: number;
  readonly data: Omit<DataOf<typeof payoutReopened>, 'reason'>;
}

async function keep(tx: Tx, { aggregateVersion, data }: OfPayout, { step, on, returned }: Saying): Promise<void> {
  if (data.assignmentId === null) return;
  const { amountMinor, currency } = toMinor(data.amount);
  await tx.execute(
    `INSERT INTO payment_copy (payout_id, version, assignment_id, step, status, happened_on, currency, amount_minor, returned_minor)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (payout_id, version) DO NOTHING`,
    [
      data.payoutId,
      aggregateVersion,
      data.assignmentId,
      step,
      data.status,
      on,
      currency,
      amountMinor.toString(),
      (returned ? toMinor(returned).amountMinor : 0n).toString(),
    ],
  );
}
