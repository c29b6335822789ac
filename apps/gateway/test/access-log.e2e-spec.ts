import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { register } from 'prom-client';
import { caller, eventually, type OidcProvider, startOidcProvider } from '#testing';
import { AccessLog } from '../src/door/access-log';
import { GatewaysUnderTest, sendRaw } from './gateway-under-test';

interface Line {
  readonly level: number;
  readonly route: string;
  readonly status: number;
  readonly [member: string]: unknown;
}

let under: GatewaysUnderTest;
let lines: Line[];
let written: string;
const subject = 'jane.doe@example.org';
const officer = caller('programme-officer', { subject });

beforeAll(async () => {
  under = await GatewaysUnderTest.start(1, { LOG_LEVEL: 'info' });
  under.app.get(AccessLog).writeTo({
    write: (line) => {
      written += line;
      lines.push(JSON.parse(line) as Line);
    },
  });
});
beforeEach(() => {
  [lines, written] = [[], ''];
});
afterAll(() => under.stop());

/** Over a real connection, as a client: the line comes when the connection has done with the request. */
async function ask(path: string, token?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${under.port()}${path}`, {
    headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
  });
  const body = await response.text();
  const [line, ...more] = await eventually(() => {
    expect(lines.length).toBeGreaterThan(0);
    return [...lines];
  });
  expect(more).toEqual([]);
  return { status: response.status, body, line, traceId: response.headers.get('traceparent')?.slice(3, 35) };
}

describe('a request', () => {
  it('is one line with its route, status, duration, roles and trace, and nothing of the person or the object', async () => {
    const id = randomUUID();
    const token = await under.issuer.token(officer);
    const { status, line, traceId } = await ask(`/v1/partnerships/${id}`, token);
    expect(line).toEqual({
      level: 40,
      time: expect.any(Number) as number,
      service: 'gateway',
      method: 'GET',
      route: '/v1/partnerships/{partnershipId}',
      status,
      durationMs: expect.any(Number) as number,
      roles: ['programme-officer'],
      traceId,
      code: 'PLATFORM_SERVICE_UNAVAILABLE',
      dependency: 'partnership',
      msg: 'request',
    });
    lines = [];
    await ask('/v1/partnerships?q=Neckar', token);
    for (const secret of [id, subject, token, 'Neckar']) expect(written).not.toContain(secret);
  });

  it('is no line where it asks for health, since that is asked every second', async () => {
    for (const probe of ['live', 'ready']) await fetch(`http://127.0.0.1:${under.port()}/health/${probe}`);
    const { line } = await ask('/v1/nothing-here');
    expect(line).toMatchObject({ route: 'none', status: 404, level: 30 });
  });

  it('that its client gives up is told from one that is answered', async () => {
    const token = await under.issuer.token(caller('finance-officer'));
    const socket = net.connect(under.port(), '127.0.0.1');
    socket.write(
      `POST /v1/webhooks HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\nexpect: 100-continue\r\ncontent-length: 100\r\n\r\n`,
    );
    // It has the head of the request and waits for the rest.
    await once(socket, 'data');
    socket.destroy();
    await eventually(() => expect(lines).toMatchObject([{ route: '/v1/webhooks', status: 499, method: 'POST' }]));
  });

  it('that comes too slowly is a line with the status that it got', async () => {
    const slow = await GatewaysUnderTest.start(1, {
      LOG_LEVEL: 'info',
      HEADERS_SECONDS_MAX: '1',
      REQUEST_SECONDS_MAX: '10',
    });
    const told: string[] = [];
    slow.app.get(AccessLog).writeTo({ write: (line) => void told.push(line) });
    const answer = await sendRaw(slow.port(), 'GET /v1/me HTTP/1.1\r\nhost: x\r\n');
    expect([answer.status, JSON.parse(told[0] ?? '{}')]).toMatchObject([408, { route: 'malformed', status: 408 }]);
    await slow.stop();
  });

  it('that is no HTTP is a line too', async () => {
    const answer = await sendRaw(under.port(), 'NONSENSE\r\n\r\n');
    expect(lines).toMatchObject([
      { route: 'malformed', status: answer.status, traceId: /[0-9a-f]{32}/.exec(answer.body)?.[0] },
    ]);
  });

  it('counts in the metrics by route and class of status', async () => {
    await ask(`/v1/partnerships/${randomUUID()}`);
    const counted = await register.getSingleMetricAsString('http_requests_total');
    expect(counted).toMatch(
      /http_requests_total\{method="GET",route="\/v1\/partnerships\/\{partnershipId\}",status="4xx"\} [1-9]/,
    );
    const timed = await register.getSingleMetricAsString('http_request_duration_seconds');
    expect(timed).toMatch(/_count\{method="GET",route="\/v1\/partnerships\/\{partnershipId\}"\} [1-9]/);
    expect(counted).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  });
});

describe('why a caller was refused', () => {
  const now = Math.floor(Date.now() / 1000);

  it.each([
    ['no token', undefined, 401, 'no token'],
    ['an expired one', { iat: now - 900, exp: now - 300 }, 401, /^token refused: expired \d+ s ago$/],
    [
      'one for another audience',
      { aud: 'account' },
      401,
      'token refused: claim aud is account, not fachkraeftefonds-api',
    ],
    [
      'one of another issuer',
      { iss: 'https://other.example' },
      401,
      /^token refused: claim iss is https:\/\/other\.example, not/,
    ],
    [
      'one without a role',
      { roles: ['someone'] },
      403,
      /^needs one of .*programme-officer.*; the token names no role of the fund$/,
    ],
    ['one of the wrong role', { roles: ['payout-consumer'] }, 403, /; the caller is payout-consumer$/],
  ])('stands in the log for %s, and not in the answer', async (_what, claims, expected, reason) => {
    const token = claims && (await under.issuer.token(officer, claims));
    const { status, body, line } = await ask(`/v1/partnerships/${randomUUID()}`, token);
    expect({ status, level: line?.level }).toEqual({ status: expected, level: 40 });
    expect(line).toMatchObject({ reason: expect.stringMatching(reason) as string });
    expect(JSON.parse(body)).not.toHaveProperty('reason');
    expect(body).not.toContain('token refused');
    expect(body).not.toContain('needs one of');
  });
});

describe('an OpenID provider of one’s own', () => {
  let provider: OidcProvider;
  let other: GatewaysUnderTest;
  const told: string[] = [];
  beforeAll(async () => {
    provider = await startOidcProvider({ path: '/realms/fund' });
    other = await GatewaysUnderTest.start(1, {
      LOG_LEVEL: 'info',
      OIDC_ISSUER: provider.issuer,
      OIDC_TOKEN_TYPES: 'JWT',
      OIDC_TOKEN_CLAIM: 'typ=Bearer',
      OIDC_CLAIM_ROLES: 'resource_access.fachkraeftefonds-api.roles',
    });
    other.app.get(AccessLog).writeTo({ write: (line) => void told.push(line) });
  });
  afterAll(async () => {
    await other.stop();
    await provider.stop();
  });

  const me = async (token: string) => {
    const response = await fetch(`http://127.0.0.1:${other.port()}/v1/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: await response.json() };
  };

  it('lets its users in by its own claims, and those of another provider not', async () => {
    const shape = { typ: 'Bearer', sub: 'u1', resource_access: { 'fachkraeftefonds-api': { roles: ['adviser'] } } };
    expect(await me(await provider.token({ typ: 'JWT', claims: shape }))).toEqual({
      status: 200,
      body: { subject: 'u1', roles: ['adviser'] },
    });
    expect((await me(await other.issuer.token(officer))).status).toBe(401);
    await eventually(() =>
      expect(told.at(-1)).toContain(`signed by no key of ${provider.issuer}; it says that it is from`),
    );
  });

  it('makes the gateway ready once its keys are there', async () => {
    const response = await fetch(`http://127.0.0.1:${other.port()}/health/ready`);
    // No service runs behind this gateway.
    expect(await response.json()).toMatchObject({ status: 'degraded', services: { finance: 'down' } });
  });
});

it('is not ready while the keys of the provider cannot be had', async () => {
  const away = await GatewaysUnderTest.start(1, { OIDC_ISSUER: 'http://127.0.0.1:9' });
  const response = await fetch(`http://127.0.0.1:${away.port()}/health/ready`);
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 503,
    body: { status: 'down' },
  });
  await away.stop();
});
