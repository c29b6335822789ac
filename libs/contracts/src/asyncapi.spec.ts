import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { z } from 'zod';
import { asyncApiDocument } from './asyncapi';
import { MESSAGES } from './catalogue';
import { payoutDue } from './finance/finance.messages';

interface Json {
  [member: string]: Json | undefined;
}
const document = JSON.parse(JSON.stringify(asyncApiDocument())) as Json;

/** Follows `#/a/b` inside the document. */
function at(pointer: string): Json | undefined {
  return pointer
    .slice(2)
    .split('/')
    .reduce<Json | undefined>((part, name) => part?.[name], document);
}

function references(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : references(value),
  );
}

/** Validates as a reader of the document alone would. */
function schemaOf(name: string): z.ZodType {
  return z.fromJSONSchema({
    $ref: `#/definitions/${name}`,
    definitions: JSON.parse(
      JSON.stringify(at('#/components/schemas')).replaceAll('#/components/schemas/', '#/definitions/'),
    ) as Record<string, z.core.JSONSchema.JSONSchema>,
    $schema: 'http://json-schema.org/draft-07/schema#',
  });
}

const PAYOUTS = MESSAGES.filter(({ subject }) => subject.startsWith('evt.finance.payout.'));

describe('the AsyncAPI document', () => {
  it('is one, by the schema of AsyncAPI 3.0', () => {
    const schema = JSON.parse(readFileSync(join(__dirname, 'asyncapi.schema.json'), 'utf8')) as object;
    const isAsyncApi = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    isAsyncApi(document);
    expect(isAsyncApi.errors).toBeNull();
    expect(isAsyncApi({ ...document, servers: { nats: { protocol: 'nats' } } })).toBe(false);
    expect(isAsyncApi({ ...document, operations: { wrong: { action: 'receive' } } })).toBe(false);
  });

  it.each(MESSAGES.map((message) => [message.subject, message] as const))('has %s', (subject, message) => {
    expect(at(`#/channels/${subject}`)).toMatchObject({ address: subject });
    expect(at(`#/components/messages/${subject}`)).toMatchObject({
      payload: { $ref: `#/components/schemas/${subject}` },
      headers: { $ref: '#/components/schemas/MessageHeaders' },
    });
    expect(at(`#/operations/${message.service}.send.${subject}`)).toMatchObject({ action: 'send' });
    const members = Object.keys(message.data.shape);
    expect(Object.keys(at(`#/components/schemas/${subject}/properties`) ?? {})).toEqual(members);
  });

  it('has nothing else, and every reference leads somewhere', () => {
    expect(Object.keys(document['channels'] ?? {}).sort()).toEqual(MESSAGES.map(({ subject }) => subject).sort());
    const dangling = references(document).filter((pointer) => at(pointer) === undefined);
    expect(dangling).toEqual([]);
  });

  it('describes every header, and refers to it from nowhere but the messages', () => {
    const headers = at('#/components/schemas/MessageHeaders');
    expect(headers).toMatchObject({ type: 'object' });
    expect(headers?.['required']).toEqual(expect.arrayContaining(['ce-id', 'ce-type', 'sequence', 'position']));
    expect(references(headers)).toEqual([]);
  });

  it('says where the broker is and who may enter', () => {
    expect(at('#/servers/nats')).toMatchObject({
      protocol: 'nats',
      security: [{ $ref: '#/components/securitySchemes/natsUser' }],
    });
    const elsewhere = MESSAGES.filter(({ subject }) => at(`#/channels/${subject}`)?.['servers'] === undefined);
    expect(elsewhere).toEqual([]);
  });

  it.each(PAYOUTS.map((message) => [message.subject, message] as const))(
    'shows an example of %s',
    (subject, message) => {
      const [example] = at(`#/components/messages/${subject}`)?.['examples'] as unknown as {
        headers: Json;
        payload: Json;
      }[];
      expect(message.data.strict().parse(example?.payload)).toEqual(message.example);
      const headers = schemaOf('MessageHeaders');
      expect(headers.safeParse(example?.headers).success).toBe(true);
      expect(headers.safeParse({ ...example?.headers, position: undefined }).success).toBe(false);
    },
  );

  it('names who receives what, outside systems too', () => {
    const subject = payoutDue.subject;
    expect(at(`#/operations/finance-department.receive.${subject}`)).toMatchObject({ action: 'receive' });
    expect(Object.keys(document['operations'] ?? {})).toContain('staffing.receive.evt.finance.fund-cover.granted.v1');
  });

  it('has schemas that are open to what a later version adds, and closed to what is wrong', () => {
    const schema = schemaOf(payoutDue.subject);
    const id = '0190b3a0-0000-7000-8000-000000000000';
    const data = {
      ...{ payoutId: id, commitmentId: id, assignmentId: id, fundId: id, payeeId: null, instalment: 1 },
      ...{ amount: { amount: '1.00', currency: 'EUR' }, budgetYear: 2027, dueOn: '2027-01-01', status: 'DUE' },
      costCategory: 'PERSONAL',
    };
    expect(schema.safeParse(data).success).toBe(true);
    expect(schema.safeParse({ ...data, addedLater: 1 }).success).toBe(true);
    for (const wrong of [{ payoutId: 7 }, { status: 'PAID' }, { instalment: 'one' }, { amount: 1 }]) {
      expect(schema.safeParse({ ...data, ...wrong }).success).toBe(false);
    }
  });
});
