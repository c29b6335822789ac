import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { z } from 'zod';
import type { SignedMessage } from '../signing/message-signer';
import type { OutboxMessage } from './outbox-table';

const CE_TIME = z.iso.datetime();

/** CloudEvents 1.0 in NATS binary mode: attributes in headers, the body is the data alone. */
export function toHeaders(message: OutboxMessage, service: string): MsgHdrs {
  const result = headers();
  const attributes: Record<string, string | null> = {
    'ce-specversion': '1.0',
    'ce-id': message.id,
    'ce-source': `/services/${service}`,
    'ce-type': message.subject,
    'ce-subject': message.aggregateId,
    'ce-time': message.occurredAt.toISOString(),
    'ce-datacontenttype': 'application/json',
    'ce-dataschema': `/asyncapi.json#/components/messages/${message.subject}`,
    'ce-signature': message.signature,
    traceparent: message.traceparent,
    correlationid: message.correlationId,
    causationid: message.causationId,
    sequence: String(message.aggregateVersion),
    position: String(message.position),
  };
  for (const [name, value] of Object.entries(attributes)) if (value !== null) result.set(name, value);
  return result;
}

const attributesSchema = z.object({
  'ce-specversion': z.literal('1.0'),
  'ce-id': z.uuid(),
  'ce-type': z.string().min(1),
  'ce-subject': z.string().min(1).max(200),
  'ce-time': CE_TIME,
  correlationid: z.string().min(1).max(200),
  sequence: z.coerce.number().int().min(0),
  traceparent: z.string().max(200).optional(),
});

export interface Attributes {
  readonly id: string;
  readonly type: string;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly occurredAt: Date;
  readonly correlationId: string;
  readonly traceparent?: string;
}

/** The attributes of a message that came in; throws a ZodError when one is missing or not of its form. */
export function readAttributes(received: MsgHdrs | undefined): Attributes {
  const values = attributesSchema.parse(headersOf(received));
  return {
    id: values['ce-id'],
    type: values['ce-type'],
    aggregateId: values['ce-subject'],
    aggregateVersion: values.sequence,
    occurredAt: new Date(values['ce-time']),
    correlationId: values.correlationid,
    ...(values.traceparent !== undefined && { traceparent: values.traceparent }),
  };
}

/** What a signature of this message vouches for. */
export function asSigned(attributes: Attributes, payload: Uint8Array): SignedMessage {
  const { id, type, aggregateId, aggregateVersion, occurredAt } = attributes;
  const data = Buffer.from(payload).toString();
  return { id, type, subject: aggregateId, time: occurredAt, sequence: aggregateVersion, data };
}

export function headersOf(received: MsgHdrs | undefined): Record<string, string> {
  return Object.fromEntries((received?.keys() ?? []).map((name) => [name, received?.get(name) ?? '']));
}
