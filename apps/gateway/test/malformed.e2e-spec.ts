import { caller } from '#testing';
import { freePort } from '#testing/embedded';
import { GatewaysUnderTest, sendRaw } from './gateway-under-test';

let gateways: GatewaysUnderTest;
let OPS_PORT: string;

beforeAll(async () => {
  OPS_PORT = String(await freePort());
  gateways = await GatewaysUnderTest.start(1, { HEADERS_SECONDS_MAX: '1', OPS_PORT });
});

afterAll(() => gateways.stop());

const HOST = 'host: x\r\n';
const get = (target: string, headers = HOST) => `GET ${target} HTTP/1.1\r\n${headers}\r\n`;
const method = (name: string, target: string) => `${name} ${target} HTTP/1.1\r\n${HOST}\r\n`;
const post = (headers: string, body = '') => `POST /v1/funds HTTP/1.1\r\n${HOST}${headers}\r\n${body}`;

describe('what is no proper request is answered with a problem', () => {
  it.each([
    ['a lone %', get('/v1/funds/%'), 400],
    ['a broken escape', get('/v1/funds/%zz'), 400],
    ['an escape that is no UTF-8', get('/v1/funds/%ff%fe'), 400],
    ['dot segments', get('/v1/funds/../me'), 400],
    ['a trailing dot segment', get('/docs/..'), 400],
    ['dot segments in escapes', get('/docs/%2e%2E/package.json'), 400],
    ['dot segments in halves', get('/docs/.%2e/package.json'), 400],
    ['a whole address as target', get('http://elsewhere.example/v1/funds'), 400],
    ['no path at all', get('*'), 400],
    ['two Host headers', get('/v1/funds', 'host: a\r\nhost: b\r\n'), 400],
    ['no Host header', get('/v1/funds', ''), 400],
    [
      'two Authorization headers',
      get('/v1/funds', `${HOST}authorization: Bearer a\r\nauthorization: Bearer b\r\n`),
      400,
    ],
    ['two lengths', post('content-length: 1\r\ncontent-length: 2\r\n', 'ab'), 400],
    ['a length and chunks', post('content-length: 1\r\ntransfer-encoding: chunked\r\n', '0\r\n\r\n'), 400],
    ['a length that is no number', post('content-length: x\r\n'), 400],
    ['a header without a name', get('/v1/funds', `${HOST}: x\r\n`), 400],
    ['a header with a NUL', get('/v1/funds', `${HOST}x: a\0b\r\n`), 400],
    ['an unknown method', method('BREW', '/v1/funds'), 400],
    ['a wrong version', 'GET / HTTP/9.9\r\n\r\n', 400],
    ['something else than HTTP', '\x16\x03\x01\x02\x00\x01\x00', 400],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['a path that is too long', get(`/v1/${'x'.repeat(7000)}`), 414],
    ['a path that is longer than all headers may be', get(`/v1/${'x'.repeat(40_000)}`), 414],
    ['a path parameter that is too long', get(`/v1/funds/${'x'.repeat(300)}`), 414],
    ['headers that are too large', get('/v1/funds', `${HOST}x: ${'y'.repeat(40_000)}\r\n`), 431],
    ['many headers', get('/v1/funds', `${HOST}${'x: y\r\n'.repeat(5000)}`), 431],
    ['a trailing slash', get('/v1/funds/'), 404],
    ['a double slash', get('//v1/funds'), 404],
    ['an unknown path', get('/nothing'), 404],
    ['a file beside the documentation', get('/docs/package.json'), 404],
    ['TRACE', method('TRACE', '/v1/funds'), 405],
    ['PROPFIND', method('PROPFIND', '/v1/funds'), 405],
    ['DELETE where there is none', method('DELETE', '/v1/funds'), 405],
    ['POST to a page', method('POST', '/problems'), 405],
    ['HEAD of a command', method('HEAD', '/v1/exchange-rate-imports'), 405],
    ['CONNECT', 'CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: elsewhere.example\r\n\r\n', 405],
    ['headers that do not end', 'GET /v1/funds HTTP/1.1\r\nhost: x\r\n', 408],
  ])('%s: %#', async (_what, bytes, status) => {
    const answer = await sendRaw(gateways.port(), bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/problem\+json/) as string,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string,
      traceparent: expect.stringMatching(/^00-/) as string,
      'x-request-id': expect.stringMatching(/./) as string,
    });
    if (bytes.startsWith('HEAD')) return;
    expect(JSON.parse(answer.body)).toMatchObject({ status, code: expect.stringMatching(/^PLATFORM_/) as string });
    expect(answer.body).not.toMatch(/node_modules|\.ts:|\.js:/);
  });
});

describe('sensible requests of other methods', () => {
  it('OPTIONS names what a path takes', async () => {
    const answer = await sendRaw(gateways.port(), method('OPTIONS', '/v1/funds'));
    expect(answer).toMatchObject({ status: 204, headers: { allow: 'GET, HEAD, OPTIONS, POST' } });
    expect(await sendRaw(gateways.port(), method('OPTIONS', '/nothing'))).toMatchObject({ status: 404 });
  });

  it('HEAD asks for a token as GET does', async () => {
    expect(await sendRaw(gateways.port(), method('HEAD', '/v1/funds'))).toMatchObject({ status: 401, body: '' });
  });
});

describe('health', () => {
  it('says everybody what is up, and why only on the operations port', async () => {
    const { statusCode, body } = await gateways.app.inject({ url: '/health/ready' });
    expect({ statusCode, body: JSON.parse(body) as unknown }).toEqual({
      statusCode: 200,
      body: {
        status: 'degraded',
        services: { partnership: 'down', staffing: 'down', finance: 'down', events: 'down' },
      },
    });
    expect((await gateways.app.inject({ url: '/metrics' })).statusCode).toBe(404);
    const details = await fetch(`http://127.0.0.1:${OPS_PORT}/health/ready`);
    expect(await details.json()).toMatchObject({
      status: 'up',
      checks: { nats: { status: 'up' } },
      services: { finance: { status: 'down', checks: { finance: { status: 'down' } } } },
    });
    const metrics = await (await fetch(`http://127.0.0.1:${OPS_PORT}/metrics`)).text();
    expect(metrics).toContain('gateway_refusals_total{policy="address"}');
  });
});

describe('a request id', () => {
  it.each([
    ['is taken over', 'order-7.a:b', 'order-7.a:b'],
    ['is made when it could harm a log', '<x>', expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ['is made when it is too long', 'x'.repeat(65), expect.stringMatching(/^[0-9a-f-]{36}$/)],
  ])('%s', async (_what, given, id) => {
    const { headers } = await gateways.app.inject({ url: '/v1/me', headers: { 'x-request-id': given } });
    expect(headers['x-request-id']).toEqual(id);
  });

  it('stands beside the trace that the client gave, which the problem names, too', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const answer = await gateways.app.inject({ url: '/v1/me', headers: { traceparent } });
    expect(answer.headers.traceparent).toBe(traceparent);
    expect(answer.json()).toMatchObject({ traceId: 'a'.repeat(32) });
  });
});

describe('a refusal in German', () => {
  it('says so', async () => {
    const { headers } = await gateways.app.inject({ url: '/v1/me', headers: { 'accept-language': 'de' } });
    expect(headers).toMatchObject({ 'content-language': 'de', vary: 'accept-language' });
  });
});

describe('the caller', () => {
  it('is shown to themselves only with a good token', async () => {
    const authorization = `Bearer ${await gateways.issuer.token(caller('auditor'))}`;
    const known = await gateways.app.inject({ url: '/v1/me', headers: { authorization } });
    expect(known.json()).toEqual({ subject: 'auditor', roles: ['auditor'] });
    const unknown = await gateways.app.inject({ url: '/v1/me', headers: { authorization: 'Bearer x.y.z' } });
    expect(unknown.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });
});
