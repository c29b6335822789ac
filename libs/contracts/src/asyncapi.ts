import { z } from 'zod';
import { MESSAGES } from './catalogue';
import type { Message } from './message';
import { EXTERNAL_SUBSCRIPTIONS } from './external-subscriptions';
import { SUBSCRIPTIONS } from './subscriptions';

type Json = Record<string, unknown>;

const HEADERS = 'MessageHeaders';

/** The headers of every message: CloudEvents 1.0 in NATS binary mode, and what the platform adds. */
const Headers = z.object({
  'ce-specversion': z.literal('1.0'),
  'ce-id': z.uuid().meta({ description: 'Take effect once per id; the same over every channel' }),
  'ce-source': z.string().meta({ description: '/services/<publisher>' }),
  'ce-type': z.string().meta({ description: 'The subject' }),
  'ce-subject': z.string().meta({ description: 'Id of the aggregate (of a payout message: the payout)' }),
  'ce-time': z.iso.datetime().meta({ description: 'When it happened' }),
  'ce-datacontenttype': z.literal('application/json'),
  'ce-dataschema': z.string().meta({ description: 'Place of the data schema in this document' }),
  'ce-signature': z.string().optional().meta({
    description:
      'Detached JWS (EdDSA) over the canonical JSON (RFC 8785) of {"datasha256","id","sequence","source","subject","time","type"}; keys at /v1/signing-keys',
  }),
  sequence: z
    .string()
    .meta({ description: 'Version of the aggregate after the change, a decimal; ignore what is older' }),
  position: z.string().meta({
    description:
      'Place among all messages of the publisher, a growing decimal; a reader of some subjects sees numbers skipped',
  }),
  correlationid: z.string().meta({ description: 'The same for everything that one request caused' }),
  causationid: z.string().optional().meta({ description: 'ce-id of the message that this one answers to' }),
  traceparent: z.string().optional().meta({ description: 'W3C Trace Context' }),
});

/** The AsyncAPI 3.0 document of all messages, made from the declarations that validate them at run time. */
export function asyncApiDocument(): Json {
  const schemas: Record<string, Json> = {};
  hoist(Headers, HEADERS, schemas);
  for (const message of MESSAGES) hoist(message.data, message.subject, schemas);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Expert fund for municipal partnerships: messages',
      version: '1',
      description:
        'NATS JetStream, one stream EVT_<SERVICE> for each publisher, at least once. The body is the data alone (CloudEvents binary mode). The payout messages (evt.finance.payout.*) also come by GET /v1/payout-feed and by webhook, with equal bytes; as headers of a webhook, sequence and position are ce-sequence and ce-position.',
      license: { name: 'EUPL-1.2', url: 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12' },
    },
    defaultContentType: 'application/json',
    servers: { nats: NATS },
    channels: Object.fromEntries(MESSAGES.map((message) => [message.subject, channel(message)])),
    operations: Object.fromEntries(MESSAGES.flatMap((message) => [send(message), ...receives(message)])),
    components: {
      messages: Object.fromEntries(MESSAGES.map((message) => [message.subject, component(message)])),
      schemas,
      securitySchemes: {
        natsUser: {
          type: 'userPassword',
          description: 'A NATS user with a password, such as finance-department; each may use its own subjects only.',
        },
      },
    },
  };
}

const NATS: Json = {
  host: '{host}:{port}',
  protocol: 'nats',
  description:
    'JetStream. Systems outside read through a durable pull consumer that the deployment makes: a user listens to the inbox _INBOX_<user>.> alone, and acknowledges each message within 30 s.',
  variables: {
    host: { default: '127.0.0.1', description: 'The broker of the installation' },
    port: { default: '4222', description: '14222 under npm start' },
  },
  security: [{ $ref: '#/components/securitySchemes/natsUser' }],
};

function channel({ subject, service, summary }: Message): Json {
  return {
    address: subject,
    title: summary,
    servers: [{ $ref: '#/servers/nats' }],
    messages: { [subject]: { $ref: `#/components/messages/${subject}` } },
    'x-stream': `EVT_${service.toUpperCase()}`,
  };
}

function component({ subject, service, summary, example }: Message): Json {
  return {
    name: subject,
    title: summary,
    contentType: 'application/json',
    headers: { $ref: `#/components/schemas/${HEADERS}` },
    payload: { $ref: `#/components/schemas/${subject}` },
    correlationId: { location: '$message.header#/correlationid' },
    ...(example && {
      examples: [{ name: 'example', headers: exampleHeaders({ subject, service }), payload: example }],
    }),
  };
}

function exampleHeaders({ subject, service }: Pick<Message, 'subject' | 'service'>): z.input<typeof Headers> {
  return {
    'ce-specversion': '1.0',
    'ce-id': '0199b1d0-4c7b-7dc2-8a1e-52f6e2c7d9a4',
    'ce-source': `/services/${service}`,
    'ce-type': subject,
    'ce-subject': '0199b1d0-4c5a-7e3b-9a61-c09980b38e29',
    'ce-time': '2027-02-01T05:00:00.329Z',
    'ce-datacontenttype': 'application/json',
    'ce-dataschema': `/asyncapi.json#/components/messages/${subject}`,
    'ce-signature':
      'eyJhbGciOiJFZERTQSIsImtpZCI6InA1aHRPeThLUnpVMTliZWgifQ..JRKmyoVuuV78a8KWfUtotoFEulvqCjGNWkWtdUDAX3w',
    sequence: '1',
    position: '4711',
    correlationid: '0199b1d0-4c01-7f55-b3a0-0d4c8d1f6f11',
  };
}

function send(message: Message): [string, Json] {
  return operation({ actor: message.service, action: 'send' }, message);
}

function receives(message: Message): [string, Json][] {
  const services = Object.entries(SUBSCRIPTIONS).filter(([, wanted]) => wanted.includes(message));
  const outside = EXTERNAL_SUBSCRIPTIONS.filter(
    ({ publisher, filter, isFollowed }) =>
      isFollowed && publisher === message.service && message.subject.startsWith(filter.replace('>', '')),
  );
  return [...services.map(([name]) => name), ...outside.map(({ durable }) => durable)].map((actor) =>
    operation({ actor, action: 'receive' }, message),
  );
}

function operation(
  { actor, action }: { actor: string; action: 'send' | 'receive' },
  { subject, summary }: Message,
): [string, Json] {
  const on = `#/channels/${subject}`;
  return [
    `${actor}.${action}.${subject}`,
    { action, title: summary, channel: { $ref: on }, messages: [{ $ref: `${on}/messages/${subject}` }] },
  ];
}

/** Puts a schema and its named parts among the components. Draft 7 is what AsyncAPI reads without being told. */
function hoist(schema: z.ZodType, name: string, schemas: Record<string, Json>): void {
  const made = z.toJSONSchema(schema, { io: 'output', target: 'draft-7', unrepresentable: 'any' }) as Json;
  const { $schema: _dialect, definitions, ...own } = made;
  for (const [part, definition] of Object.entries((definitions ?? {}) as Record<string, Json>)) {
    schemas[part] ??= rewritten(definition);
  }
  schemas[name] = rewritten(own);
}

// A consumer must accept what a later version adds, so the closing of objects is left out.
function rewritten(schema: Json): Json {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    (key === 'additionalProperties' && value === false) || (key === 'id' && typeof value === 'string')
      ? undefined
      : value,
  );
  return JSON.parse(text.replaceAll('"#/definitions/', '"#/components/schemas/')) as Json;
}
