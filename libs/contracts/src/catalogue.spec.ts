import { z } from 'zod';
import { MESSAGES, OPERATIONS } from './catalogue';
import { ERRORS } from './errors/index';
import { pathParameters } from './operation';
import { SUBSCRIPTIONS } from './subscriptions';

const operations = OPERATIONS.map((operation) => [operation.subject, operation] as const);

describe('the published language', () => {
  it('has operations and messages of every service', () => {
    for (const list of [OPERATIONS, MESSAGES]) {
      expect(new Set(list.map(({ service }) => service))).toEqual(
        new Set(['partnership', 'staffing', 'finance', 'events']),
      );
    }
  });

  it('names every subject and every route once', () => {
    const subjects = [...OPERATIONS, ...MESSAGES].map(({ subject }) => subject);
    expect(new Set(subjects).size).toBe(subjects.length);
    const routes = OPERATIONS.map(({ http }) => `${http.method} ${http.path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('names codes SERVICE_NOUN_CONDITION and explains them in two languages', () => {
    for (const [code, { en, de }] of Object.entries(ERRORS)) {
      expect(code).toMatch(/^(PLATFORM|PARTNERSHIP|STAFFING|FINANCE|EVENTS)(_[A-Z0-9]+){2,}$/);
      expect(en.length).toBeGreaterThan(10);
      expect(de.length).toBeGreaterThan(10);
      expect(de).not.toBe(en);
    }
  });

  it('subscribes to messages of other services only', () => {
    for (const [service, messages] of Object.entries(SUBSCRIPTIONS)) {
      for (const message of messages) expect(message.service).not.toBe(service);
    }
  });
});

describe.each(operations)('%s', (_subject, operation) => {
  const { http, request, allow, isWrite } = operation;

  it('has a plural kebab-case path without verbs of its own and a summary', () => {
    expect(http.path).toMatch(/^(\/[a-z]+(-[a-z]+)*|\/\{\w+Id\}|\/\{\w+\})+$/);
    expect(operation.summary.length).toBeGreaterThan(5);
  });

  it('allows somebody', () => {
    expect(Object.keys(allow).length).toBeGreaterThan(0);
  });

  it('refuses unknown members', () => {
    const outcome = request.safeParse({ notAMember: 1 });
    expect(outcome.success).toBe(false);
    expect(outcome.error?.issues.some(({ code }) => code === 'unrecognized_keys')).toBe(true);
  });

  // The gateway parses what a query says in words, and the service parses again what it got.
  it('takes each value that it has parsed once more', () => {
    for (const [name, member] of Object.entries(request.shape)) {
      for (const text of ['true', '7', '2026-11-27', 'A,B']) {
        const once = (member as z.ZodType).safeParse(text);
        if (once.success) expect([name, (member as z.ZodType).safeParse(once.data)]).toEqual([name, once]);
      }
    }
  });

  it('takes a version exactly where it changes an existing resource', () => {
    const changesExisting = isWrite && (http.method !== 'POST' || isTransition(operation));
    if (operation.precondition === 'required') expect(isWrite).toBe(true);
    if (changesExisting && http.method !== 'POST') expect(operation.precondition).toBe('required');
  });

  it('lists with limit and cursor', () => {
    const isPage = 'shape' in operation.reply && 'page' in (operation.reply.shape as object);
    if (isPage) expect(Object.keys(request.shape)).toEqual(expect.arrayContaining(['limit', 'cursor']));
  });
});

it('lets a payout consumer follow the payouts and keep its own webhooks, and nothing else', () => {
  const granted = OPERATIONS.flatMap(({ http, allow }) => {
    const scope = allow['payout-consumer'];
    return scope ? [`${scope} ${http.method} ${http.path}`] : [];
  });
  expect(granted.sort()).toEqual([
    'any GET /payout-feed',
    'any GET /signing-keys',
    'own GET /payout-feed/receipts',
    'own GET /webhooks',
    'own GET /webhooks/{webhookId}',
    'own GET /webhooks/{webhookId}/actions',
    'own GET /webhooks/{webhookId}/deliveries',
    'own POST /payout-feed/receipts',
    'own POST /webhooks',
    'own POST /webhooks/{webhookId}/activations',
    'own POST /webhooks/{webhookId}/deactivations',
    'own POST /webhooks/{webhookId}/replays',
    'own POST /webhooks/{webhookId}/secret-rotations',
  ]);
});

describe('codes of a list in a request', () => {
  const asked = (name: RegExp) =>
    OPERATIONS.flatMap(({ subject, request }) => members(request, subject)).filter(([path]) => name.test(path));

  it.each([
    [/\.(country|citizenships?|residenceCountry)$/, 'TZ', ['ZZ', 'EL', 'UK', 'tz']],
    [/\.(fieldOfAction|fieldsOfAction|fieldsOfAction\.key)$/, 'waste_management', ['poetry', 'Waste management']],
  ])('%s are of the list, in every service', (name, listed, others) => {
    const texts = asked(name);
    expect(new Set(texts.map(([path]) => path.split('.')[1])).size).toBeGreaterThan(1);
    for (const [path, schema] of texts) {
      expect({ path, listed: schema.safeParse(listed).success }).toEqual({ path, listed: true });
      for (const other of others)
        expect({ path, [other]: schema.safeParse(other).success }).toEqual({ path, [other]: false });
    }
  });
});

/** The texts of a request by their path; those of an array stand under its name. */
function members(schema: z.core.$ZodType, path: string): [string, z.ZodType][] {
  if (schema instanceof z.ZodObject)
    return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, member]) =>
      members(member, `${path}.${name}`),
    );
  if (schema instanceof z.ZodArray) return members(schema.element, path);
  if (schema instanceof z.ZodPipe) return members(schema.def.out, path);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return members(schema.def.innerType, path);
  return schema instanceof z.ZodString ? [[path, schema]] : [];
}

function isTransition({ http }: (typeof OPERATIONS)[number]): boolean {
  return pathParameters(http.path).length > 0 && http.success === undefined;
}
