import { Injectable } from '@nestjs/common';
import type { IncomingMessage, Message } from '#contracts';
import type { Tx } from '#database';
import { Consume } from '#messaging';
import { factOf, TOLD } from './case-facts';

/** One reaction to all of them. */
function ConsumeEach(messages: readonly Message[]) {
  return (
    target: object,
    name: string,
    descriptor: TypedPropertyDescriptor<(message: IncomingMessage, tx: Tx) => Promise<void>>,
  ): void => {
    for (const message of messages) Consume(message)(target, name, descriptor);
  };
}

/**
 * Keeps what other services tell of partnerships, each fact once, under what it is about and the version that it
 * made: it may be told again under another id. Nothing is worked out when it arrives, so any
 * order, any number of deliveries and a rebuild end in the same rows.
 */
@Injectable()
export class TimelineConsumer {
  @ConsumeEach(TOLD)
  async told(message: IncomingMessage, tx: Tx): Promise<void> {
    const fact = factOf(message);
    if (!fact) return;
    const { kind, about, on, partnershipIds, assignmentId, municipalityId, details } = fact;
    await tx.execute(
      `INSERT INTO case_fact (id, subject, kind, about_kind, about_id, partnership_ids, assignment_id, municipality_id, happened_on,
         occurred_at, details) VALUES (fact_id($1), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
      [
        `${message.subject} ${message.aggregateId} ${message.aggregateVersion}`,
        message.subject,
        kind,
        about.kind,
        about.id,
        partnershipIds ?? [],
        assignmentId ?? null,
        municipalityId ?? null,
        on,
        message.occurredAt,
        JSON.stringify(details),
      ],
    );
  }
}
