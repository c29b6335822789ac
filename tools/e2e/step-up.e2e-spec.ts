import { once } from 'node:events';
import type { Server } from 'node:http';
import { OPERATIONS } from '#contracts';
import { caller } from '#testing';
import { freePort } from '#testing/embedded';
import { GatewaysUnderTest } from '../../apps/gateway/test/gateway-under-test';
import { newProviderKeys } from '../identity-provider/keys';
import { createProvider } from '../identity-provider/provider';
import { providerServer } from '../identity-provider/server';
import { loadSettings } from '../identity-provider/settings';
import { Browser, formAction } from './browser';

const OURS = { 'sec-fetch-site': 'same-origin', 'x-requested-with': 'fund-web', 'content-type': 'application/json' };
const PAYOUT = '/v1/payouts/0198c0de-0000-7000-8000-00000000abcd';
const MINUTE_MS = 60_000;
/** Behind the door: nobody gave an If-Match. */
const LET_IN = { status: 428, code: 'PLATFORM_VERSION_REQUIRED', challenge: null };
const AGE = 'max_age="600"';

/** How the gateways differ; each has the demo provider but `bearer`, whose tokens a test makes itself. */
const SETTINGS = {
  off: {},
  age: { STEP_UP_MAX_AGE_MINUTES: '10' },
  acr: { STEP_UP_ACR: 'gold confirmed' },
  bearer: { STEP_UP_MAX_AGE_MINUTES: '10', STEP_UP_ACR: 'gold' },
};
type Name = keyof typeof SETTINGS;

let gateways: GatewaysUnderTest;
const providers: Server[] = [];
const at: Record<Name, string> = { off: '', age: '', acr: '', bearer: '' };

beforeAll(async () => {
  gateways = await GatewaysUnderTest.start(0);
  for (const name of Object.keys(SETTINGS) as Name[]) {
    const [port, oidcPort] = [await freePort(), await freePort()];
    at[name] = `http://127.0.0.1:${port}`;
    const common = { ...SETTINGS[name], PUBLIC_URL: at[name], PORT: String(port) };
    const OIDC_ISSUER = `http://127.0.0.1:${oidcPort}`;
    // A gateway that missed its provider asks again after a while, and the clock stands still here.
    if (name !== 'bearer') await startProvider(OIDC_ISSUER, oidcPort, at[name]);
    gateways.apps.push(await gateways.startOne(name === 'bearer' ? common : { ...common, OIDC_ISSUER }));
  }
});
afterAll(async () => {
  jest.useRealTimers();
  for (const provider of providers) {
    provider.closeAllConnections();
    provider.close();
  }
  await gateways.stop();
});

async function startProvider(OIDC_ISSUER: string, port: number, WEB_ORIGIN: string): Promise<void> {
  const settings = loadSettings({ OIDC_ISSUER, OIDC_TOKEN_MINUTES: '2', WEB_ORIGIN });
  const provider = providerServer(createProvider(settings, await newProviderKeys())).listen(port, '127.0.0.1');
  providers.push(provider);
  await once(provider, 'listening');
}

/** What the time of day is, for everybody in this process; everything else goes on as ever. */
function setClocks(minutes: number): void {
  jest.useFakeTimers({
    now: Date.now() + minutes * MINUTE_MS,
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}

async function signIn(name: Name, minutesAgo = 0): Promise<Browser> {
  const browser = new Browser();
  if (minutesAgo > 0) setClocks(-minutesAgo);
  try {
    await answer(browser, `${at[name]}/auth/sign-in?returnTo=/problems`);
  } finally {
    jest.useRealTimers();
  }
  return browser;
}

/** Goes to a sign-in, and picks who to be where the provider asks; answers whether it did. */
async function answer(browser: Browser, address: string, username = 'finance-officer'): Promise<boolean> {
  const page = await browser.open(address);
  if (!page.body.includes('name="username"')) return false;
  const back = await browser.open(formAction(page), { method: 'POST', body: new URLSearchParams({ username }) });
  expect({ status: back.status, path: new URL(back.url).pathname }).toEqual({ status: 200, path: '/problems' });
  return true;
}

async function act(name: Name, path = `${PAYOUT}/arithmetical-checks`, by: Browser | string = '') {
  const headers = { ...OURS, 'idempotency-key': 'k', ...(typeof by === 'string' && { authorization: `Bearer ${by}` }) };
  const init = { method: 'POST', headers, body: '{}' };
  const response = await (typeof by === 'string' ? fetch(at[name] + path, init) : by.fetch(at[name] + path, init));
  const { code, details } = (await response.json()) as { code: unknown; details?: unknown };
  const challenge = response.headers.get('www-authenticate');
  return { status: response.status, code, challenge, ...(details !== undefined && { details }) };
}

function refusedFor(details: Record<string, string>, challenge: string) {
  const error = 'Bearer error="insufficient_user_authentication"';
  return { status: 401, code: 'PLATFORM_AUTHENTICATION_INSUFFICIENT', details, challenge: `${error}, ${challenge}` };
}

describe('the acts that bring a payment to the bank', () => {
  it('are those that are declared with it, and the document says so', async () => {
    const marked = OPERATIONS.filter(({ stepUp }) => stepUp).map(({ subject }) => subject.replace('rpc.finance.', ''));
    expect(marked.sort()).toEqual([
      'payment-run.create',
      'payment-run.send',
      'payout.check-arithmetically',
      'payout.check-factually',
      'payout.order',
      'payout.order-many',
    ]);
    const document = await (await fetch(`${at.off}/openapi.json`)).text();
    // One of them has a second route.
    expect(document.match(/"x-step-up":true/g)).toHaveLength(marked.length + 1);
  });

  it('ask for nothing more where the installation does not', async () => {
    expect(await act('off', undefined, await signIn('off', 30))).toEqual(LET_IN);
  });
});

describe('with an age', () => {
  const refused = refusedFor({ max_age: '600' }, AGE);

  it('a sign-in that is older is refused, however often its token was renewed, until the person signs in again', async () => {
    const browser = await signIn('age', 30);
    expect(await act('age', undefined, browser)).toEqual(refused);
    // Everything else goes on.
    expect((await browser.fetch(`${at.age}/v1/me`)).status).toBe(200);
    expect((await act('age', '/v1/municipalities', browser)).status).toBe(403);

    // The provider remembers the person, and an ordinary sign-in is no new one.
    expect(await answer(browser, `${at.age}/auth/sign-in?returnTo=/problems`)).toBe(false);
    expect(await act('age', undefined, browser)).toEqual(refused);

    expect(await answer(browser, `${at.age}/auth/sign-in?returnTo=/problems&stepUp=1`)).toBe(true);
    expect(await act('age', undefined, browser)).toEqual(LET_IN);
  });

  it('a sign-in that is new enough is asked for nothing', async () => {
    const browser = await signIn('age', 5);
    expect(await act('age', undefined, browser)).toEqual(LET_IN);
    expect(await answer(browser, `${at.age}/auth/sign-in?returnTo=/problems&stepUp=1`)).toBe(false);
  });
});

describe('with a way of signing in', () => {
  it('another one is refused until the person signs in that way', async () => {
    const browser = await signIn('acr');
    const refused = refusedFor({ acr_values: 'gold confirmed' }, 'acr_values="gold confirmed"');
    expect(await act('acr', undefined, browser)).toEqual(refused);
    expect(await answer(browser, `${at.acr}/auth/sign-in?returnTo=/problems&stepUp=1`)).toBe(true);
    expect(await act('acr', undefined, browser)).toEqual(LET_IN);
  });
});

describe('a program with a token', () => {
  const refused = refusedFor({ max_age: '600', acr_values: 'gold' }, `${AGE}, acr_values="gold"`);
  const token = (claims: Record<string, unknown>) => gateways.issuer.token(caller('finance-officer'), claims);
  const secondsAgo = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;

  it.each<[string, Record<string, unknown>]>([
    ['says nothing of it', {}],
    ['does not say when', { acr: 'gold' }],
    ['says when in words', { acr: 'gold', auth_time: 'now' }],
    ['does not say how', { auth_time: secondsAgo(5) }],
    ['says that it was another way', { auth_time: secondsAgo(5), acr: 'silver' }],
    ['says that it was too long ago', { auth_time: secondsAgo(700), acr: 'gold' }],
  ])('is refused where it %s', async (_what, claims) => {
    expect(await act('bearer', undefined, await token(claims))).toEqual(refused);
  });

  it('is let in where it says enough, and asked every time', async () => {
    const good = await token({ auth_time: secondsAgo(500), acr: 'gold' });
    expect(await act('bearer', undefined, good)).toEqual(LET_IN);
    setClocks(2);
    const later = await act('bearer', undefined, good);
    jest.useRealTimers();
    expect(later).toEqual(refused);
  });
});
