import { randomUUID } from 'node:crypto';
import { ROLES } from '#contracts';
import { caller } from '#testing';
import { OPERATION_ROUTES, type OperationRoute } from '../src/http/operation-routes';
import { GatewaysUnderTest } from './gateway-under-test';

let under: GatewaysUnderTest;

// No service runs behind this gateway: who may pass it is answered 4xx or 503, who may not never gets that far.
beforeAll(async () => {
  under = await GatewaysUnderTest.start(1);
});

afterAll(() => under.stop());

async function answer(route: OperationRoute, token?: string) {
  const url = `/v1${route.path.replaceAll(/\{\w+\}/g, () => randomUUID())}`;
  const { method } = route;
  const response = await under.app.inject({ method, url, headers: token ? { authorization: `Bearer ${token}` } : {} });
  return {
    status: response.statusCode,
    type: response.headers['content-type'],
    body: response.json<{ code: string; traceId: string }>(),
  };
}

const FOR_EVERYBODY = OPERATION_ROUTES.filter(({ operation }) => operation.isPublic);
const FOR_CALLERS = OPERATION_ROUTES.filter(({ operation }) => !operation.isPublic);

it('only what was published, with its files, one code list and the link of a mail are for everybody', () => {
  expect(FOR_EVERYBODY.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    'GET /programme',
    'GET /programme/{eventId}',
    'GET /published-files/{name}',
    'GET /reference/fields-of-action',
    'POST /registration-confirmations',
  ]);
});

describe.each(FOR_EVERYBODY.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  it.each([
    ['no token', undefined],
    ['a token that has ended', 'a.b.c'],
  ])('lets in whoever comes with %s', async (_what, token) => {
    const { status, body } = await answer(route, token);
    // What is sent without its content, or asks for a file that there is not, gets as far as to be refused for that.
    const isRefused = route.operation.isWrite || route.path.includes('{name}');
    const code = isRefused ? 'PLATFORM_REQUEST_INVALID' : 'PLATFORM_SERVICE_UNAVAILABLE';
    expect({ status, code: body.code }).toEqual({ status: isRefused ? 400 : 503, code });
  });
});

describe.each(FOR_CALLERS.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_name, route) => {
  it('asks for a token, as a problem with a trace', async () => {
    const { status, type, body } = await answer(route);
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'PLATFORM_TOKEN_INVALID' });
    expect(type).toContain('application/problem+json');
    expect(body.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('lets in the roles that it lists and refuses every other', async () => {
    const outcomes = await Promise.all(
      ROLES.map(
        async (role) => [role, (await answer(route, await under.issuer.token(caller(role)))).status !== 403] as const,
      ),
    );
    expect(Object.fromEntries(outcomes)).toEqual(
      Object.fromEntries(ROLES.map((role) => [role, role in route.operation.allow])),
    );
  });
});

describe('a token', () => {
  const [route] = FOR_CALLERS;
  const officer = caller('programme-officer');

  it.each([
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['for another audience', { aud: 'another-api' }],
    ['that expired 61 seconds ago', { exp: Math.floor(Date.UTC(2020, 0, 1) / 1000) }],
    ['that never expires', { exp: undefined }],
    ['without a subject', { sub: undefined }],
  ])('%s is refused', async (_what, claims) => {
    if (!route) throw new Error('there are no routes');
    expect((await answer(route, await under.issuer.token(officer, claims))).status).toBe(401);
  });

  it('with an edited role is refused', async () => {
    if (!route) throw new Error('there are no routes');
    const [head, payload = '', signature] = (await under.issuer.token(caller('expert'))).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const edited = Buffer.from(JSON.stringify({ ...claims, roles: ['programme-officer'] })).toString('base64url');
    expect((await answer(route, [head, edited, signature].join('.'))).status).toBe(401);
  });

  it('without signature is refused', async () => {
    if (!route) throw new Error('there are no routes');
    const [, payload] = (await under.issuer.token(officer)).split('.');
    const head = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
    expect((await answer(route, `${head}.${payload ?? ''}.`)).status).toBe(401);
  });
});
