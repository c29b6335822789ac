import { jetstreamManager } from '@nats-io/jetstream';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { z } from 'zod';
import { SERVICES, type ServiceName } from '#contracts';
import type { Queries } from '#database';
import { streamName } from '../streams/streams';

/**
 * A producer asks a consuming service which of its messages never arrived. Internal between the reconcilers; not part of the
 * published operations.
 */
export const receiptQuestion = z.object({
  producer: z.enum(SERVICES),
  messages: z.array(z.tuple([z.uuid(), z.number().int()])).max(2000),
});
/** `missing`: publish again. `waiting`: still in the stream before the consumer. The rest has arrived. */
export const receiptAnswer = z.object({ missing: z.array(z.string()), waiting: z.array(z.string()) });
export type ReceiptAnswer = z.infer<typeof receiptAnswer>;

export function receiptSubject(consumer: ServiceName): string {
  return `rpc.${consumer}.inbox.missing`;
}

/** Answers such questions from the inbox, in the service's queue group. */
export function answerReceiptQuestions(nc: NatsConnection, database: Queries, service: ServiceName): Subscription {
  return nc.subscribe(receiptSubject(service), {
    queue: service,
    callback: (error, message) => {
      if (!error) void answer(nc, database, { service, message });
    },
  });
}

async function answer(
  nc: NatsConnection,
  database: Queries,
  { service, message }: { service: ServiceName; message: Msg },
): Promise<void> {
  try {
    const question = receiptQuestion.parse(message.json());
    const passed = await passedBy(nc, { consumer: service, producer: question.producer });
    const waiting = question.messages.filter(([, sequence]) => !passed(sequence)).map(([id]) => id);
    const asked = question.messages.map(([id]) => id).filter((id) => !waiting.includes(id));
    const missing = await database.query<{ id: string }>(MISSING, [asked]);
    message.respond(JSON.stringify({ missing: missing.map((row) => row.id), waiting } satisfies ReceiptAnswer));
  } catch {
    // No answer means "ask again later" to the producer; nothing is lost by it.
  }
}

// A message set aside as a dead letter has arrived: sending it again would not help it.
const MISSING = `
  SELECT asked.id FROM unnest($1::uuid[]) AS asked (id)
  WHERE NOT EXISTS (SELECT FROM inbox_message WHERE message_id = asked.id)
    AND NOT EXISTS (SELECT FROM dead_letter WHERE message_id = asked.id)`;

/**
 * Whether the consumer has passed a place of the stream. A message ahead of it is on its way: asking for it again would only
 * lengthen the queue of a slow consumer. A place beyond the stream's end belongs to a stream that was lost.
 */
async function passedBy(
  nc: NatsConnection,
  { consumer, producer }: { consumer: ServiceName; producer: ServiceName },
): Promise<(sequence: number) => boolean> {
  const manager = await jetstreamManager(nc, { checkAPI: false });
  const stream = await manager.streams.info(streamName(producer));
  const durable = await manager.consumers.info(streamName(producer), consumer);
  return (sequence) => sequence <= durable.ack_floor.stream_seq || sequence > stream.state.last_seq;
}
