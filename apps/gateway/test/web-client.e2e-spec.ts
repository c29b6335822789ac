import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { GatewaysUnderTest, sendRaw } from './gateway-under-test';

const PAGE =
  '<!doctype html><title>Fachkräftefonds</title><script type="module" src="/assets/main-Ab3_-x9Z.js"></script>';
const SCRIPT = 'console.log("main");'.repeat(50);
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const HSTS = 'max-age=31536000';

let folder: string;
let gateways: GatewaysUnderTest;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fund-web-'));
  mkdirSync(join(folder, 'assets'));
  for (const [name, text] of Object.entries({
    'index.html': PAGE,
    'assets/main-Ab3_-x9Z.js': SCRIPT,
    'assets/main-Ab3_-x9Z.js.map': '{}',
    'favicon.svg': '<svg/>',
  })) {
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(text));
  }
  // Behind https, as in production.
  gateways = await GatewaysUnderTest.start(1, {
    WEB_CLIENT_FOLDER: folder,
    PUBLIC_URL: 'https://fund.example.org',
    RATE_LIMIT_ADDRESS: '100/600',
  });
});

afterAll(async () => {
  await gateways.stop();
  rmSync(folder, { recursive: true });
});

function get(url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' | 'POST' = 'GET') {
  return gateways.app.inject({ method, url, headers });
}

describe('the web client', () => {
  it.each(['/', '/partnerships', '/assignments/0198c0de/costs?tab=2', '/v1x'])('has its page at %s', async (url) => {
    const { statusCode, headers, payload } = await get(url, HTML);
    expect({ statusCode, payload, type: headers['content-type'] }).toEqual({
      statusCode: 200,
      payload: PAGE,
      type: 'text/html; charset=utf-8',
    });
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('runs nothing but its own files, and is shown in no frame', async () => {
    const policy = String((await get('/', HTML)).headers['content-security-policy']);
    for (const directive of [
      "default-src 'self'",
      "img-src 'self' data:",
      "object-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ])
      expect(policy.split('; ')).toContain(directive);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('is asked for again only where it changed', async () => {
    const { headers } = await get('/', HTML);
    expect((await get('/', { ...HTML, 'if-none-match': String(headers.etag) })).statusCode).toBe(304);
    const asset = await get('/assets/main-Ab3_-x9Z.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it('comes compressed as it was built, to whoever takes it so', async () => {
    const brotli = await get('/assets/main-Ab3_-x9Z.js', { 'accept-encoding': 'gzip, deflate, br' });
    expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(brotli.headers['content-type']).toContain('javascript');
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(SCRIPT);
    const gzip = await get('/', { ...HTML, 'accept-encoding': 'gzip' });
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(PAGE);
    const plain = await get('/assets/main-Ab3_-x9Z.js');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.payload).toBe(SCRIPT);
  });

  it.each([
    ['/v1/nothing', HTML],
    ['/auth/nothing', HTML],
    ['/assets/gone-00000000.js', HTML],
    ['/assets/main-Ab3_-x9Z.js.map', HTML],
    ['/assets/main-Ab3_-x9Z.js.br', HTML],
    ['/index.html', HTML],
    ['/assets', { accept: '*/*' }],
    ['/partnerships', { accept: 'application/json' }],
  ])('has nothing at %s', async (url, headers) => {
    const { statusCode, headers: answered } = await get(url, headers);
    expect({ statusCode, type: answered['content-type'] }).toEqual({
      statusCode: 404,
      type: 'application/problem+json; charset=utf-8',
    });
  });

  it('takes the place of no other page', async () => {
    expect((await get('/docs', HTML)).payload).toContain('swagger-ui');
    expect((await get('/problems', HTML)).payload).toContain('platform-rate-limited');
    expect((await get('/partnerships', HTML, 'POST')).statusCode).toBe(404);
  });

  it('has files that count for no limit, as a page needs many of them and a town hall has one address', async () => {
    for (let request = 0; request < 150; request += 1)
      expect((await get('/assets/main-Ab3_-x9Z.js')).statusCode).toBe(200);
  });
});

describe('behind https', () => {
  it('every answer says that there is no other way', async () => {
    for (const url of ['/', '/favicon.svg', '/v1/me', '/nothing', '/%', '/auth/callback'])
      expect({ url, hsts: (await get(url)).headers['strict-transport-security'] }).toEqual({ url, hsts: HSTS });
    const malformed = await sendRaw(gateways.port(), 'GET / HTTP/9.9\r\n\r\n');
    expect(malformed.headers['strict-transport-security']).toBe(HSTS);
  });

  it('a cookie is for this host over https alone', async () => {
    const { headers } = await get('/auth/callback?code=x&state=y', { cookie: '__Host-sign-in=x; sign-in=y' });
    expect(headers['set-cookie']).toBe('__Host-sign-in=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax');
  });
});
