import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FieldError, ROLES } from '#contracts';
import { caller, startTestIssuer, TEST_AUDIENCE, TEST_TOKEN_LIFE_MINUTES, TestBroker, type TestIssuer } from '#testing';
import { OPERATION_ROUTES, type OperationRoute } from '../src/operations/operation-controllers';
import { createGateway } from '../src/start-gateway';

let broker: TestBroker;
let issuer: TestIssuer;
let gateway: NestFastifyApplication;

// No service runs behind this gateway: what it refuses itself never gets that far.
beforeAll(async () => {
  [broker, issuer] = await Promise.all([TestBroker.start(), startTestIssuer()]);
  Object.assign(process.env, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    NATS_URL: broker.url,
    NATS_USER: 'gateway',
    NATS_PASSWORD: broker.password('gateway'),
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: TEST_AUDIENCE,
    OIDC_TOKEN_LIFE_MAX_MINUTES: TEST_TOKEN_LIFE_MINUTES,
  });
  gateway = await createGateway();
  await gateway.init();
});

afterAll(async () => {
  await gateway.close();
  await broker.stop();
  await issuer.stop();
});

async function send(route: OperationRoute, query: string, body?: object) {
  const role = ROLES.find((name) => name in route.operation.allow);
  if (!role) throw new Error('nobody may');
  const { method, path, operation } = route;
  const response = await gateway.inject({
    method,
    url: `/v1${path.replaceAll(/\{\w+\}/g, () => randomUUID())}?${query}`,
    headers: {
      authorization: `Bearer ${await issuer.token(caller(role))}`,
      'idempotency-key': randomUUID(),
      ...(route.createsById ? { 'if-none-match': '*' } : operation.precondition && { 'if-match': '"1"' }),
      ...(body && { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }),
    },
    ...(body && { payload: JSON.stringify(body) }),
  });
  return { status: response.statusCode, body: response.json<{ code: string; errors?: FieldError[] }>() };
}

const named = OPERATION_ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const);

describe.each(named)('%s', (_name, route) => {
  it('refuses a query that it does not know, with a pointer', async () => {
    const { status, body } = await send(route, 'onlyATry=true&x%2Fy=1', route.operation.isWrite ? {} : undefined);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'PLATFORM_REQUEST_INVALID' });
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['#/onlyATry', '#/x~1y']));
  });
});

describe('a change', () => {
  const writes = named.filter(([, { operation }]) => operation.isWrite && operation.http.method === 'POST');

  it.each(writes)('%s takes no member of its body from the query', async (_name, route) => {
    const member = Object.keys(route.operation.request.shape).find((name) => !route.path.includes(`{${name}}`));
    const { status, body } = await send(route, `${member ?? 'dryRun'}=true`, {});
    expect(status).toBe(400);
    expect(body.errors?.map(({ pointer }) => pointer)).toContain(`#/${member ?? 'dryRun'}`);
  });
});
