import { randomUUID } from 'node:crypto';
import { type FieldError, ROLES } from '#contracts';
import { caller } from '#testing';
import { OPERATION_ROUTES, type OperationRoute } from '../src/http/operation-routes';
import { GatewaysUnderTest } from './gateway-under-test';

let under: GatewaysUnderTest;

// No service runs behind this gateway: what it refuses itself never gets that far.
beforeAll(async () => {
  under = await GatewaysUnderTest.start(1);
});

afterAll(() => under.stop());

async function send(route: OperationRoute, query: string, body?: object) {
  const role = ROLES.find((name) => name in route.operation.allow);
  if (!role) throw new Error('nobody may');
  const { method, path, operation } = route;
  const response = await under.app.inject({
    method,
    url: `/v1${path.replaceAll(/\{\w+\}/g, () => randomUUID())}?${query}`,
    headers: {
      authorization: `Bearer ${await under.issuer.token(caller(role))}`,
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
