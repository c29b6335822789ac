import { randomUUID } from 'node:crypto';
import { caller } from '#testing';
import { OPERATION_ROUTES } from '../src/http/operation-routes';
import { GatewaysUnderTest } from './gateway-under-test';

let gateways: GatewaysUnderTest;

beforeAll(async () => {
  gateways = await GatewaysUnderTest.start(1);
});

afterAll(() => gateways.stop());

const PAGES = ['/', '/docs', '/problems', '/problems/platform-rate-limited'];
const FILES = [
  '/docs/swagger-ui.css',
  '/docs/swagger-ui-bundle.js',
  '/docs/start.js',
  '/docs/favicon-32x32.png',
  '/openapi.json',
  '/openapi.yaml',
  '/asyncapi.json',
  '/health/live',
  '/health/ready',
  '/v1/me',
  '/nothing',
];
const ROUTES = OPERATION_ROUTES.map(({ method, path }) => ({
  method,
  url: `/v1${path.replaceAll(/\{\w+\}/g, () => randomUUID())}`,
}));

async function headersOf(request: { method?: 'GET'; url: string }, authorization?: string) {
  const { headers, payload } = await gateways.app.inject({
    ...request,
    headers: authorization ? { authorization } : {},
  });
  return { headers, payload };
}

function directives(policy: unknown): Map<string, string> {
  return new Map(
    String(policy)
      .split('; ')
      .map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1).join(' ')]),
  );
}

it(`every answer of ${PAGES.length + FILES.length} pages and files and ${ROUTES.length} operations forbids framing and guessing, and names its trace`, async () => {
  const authorization = `Bearer ${await gateways.issuer.token(caller('auditor'))}`;
  const requests = [...PAGES, ...FILES].map((url) => ({ url }));
  for (const request of [...requests, ...(ROUTES as { url: string }[])]) {
    for (const token of [undefined, authorization]) {
      const { headers } = await headersOf(request, token);
      const policy = directives(headers['content-security-policy']);
      expect({ url: request.url, policy: policy.get('default-src'), framed: policy.get('frame-ancestors') }).toEqual({
        url: request.url,
        policy: "'none'",
        framed: "'none'",
      });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        traceparent: expect.stringMatching(/^00-/) as string,
        'x-request-id': expect.stringMatching(/./) as string,
      });
    }
  }
});

describe.each(PAGES)('the page %s', (url) => {
  it('runs no script and no style of its own text, and loads nothing from elsewhere', async () => {
    const { headers, payload } = await headersOf({ url });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(headers['content-security-policy']);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(payload).not.toMatch(/<script(?![^>]* src="\/)|\sstyle=|\son\w+=|https?:\/\//);
    for (const [, asset = ''] of payload.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g))
      expect((await gateways.app.inject({ url: asset })).statusCode).toBe(200);
  });
});

it('lists every code among the problems', async () => {
  const { payload } = await headersOf({ url: '/problems' });
  expect(payload).toContain('/problems/platform-rate-limited');
});

it('greets whoever opens the address, in English and German, with links that lead somewhere', async () => {
  const { payload } = await headersOf({ url: '/' });
  expect(payload).toContain('Auf Deutsch');
  const links = [...payload.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link);
  expect(links).toContain('/docs');
  for (const url of links)
    expect({ url, is: (await gateways.app.inject({ url })).statusCode }).toEqual({ url, is: 200 });
});
