import { once } from 'node:events';
import type { Server } from 'node:http';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ensureStreams } from '#messaging';
import { Clock, SESSION_STREAM } from '#platform';
import { caller, eventually } from '#testing';
import { freePort } from '#testing/embedded';
import { GatewaysUnderTest } from '../../apps/gateway/test/gateway-under-test';
import { Sessions } from '../../apps/gateway/src/sessions/sessions';
import { IdentityProvider } from '../../apps/gateway/src/identity-provider/identity-provider';
import { SignInAttempts } from '../../apps/gateway/src/sign-in/sign-in-attempt';
import { newProviderKeys } from '../identity-provider/keys';
import { createProvider } from '../identity-provider/provider';
import { providerServer } from '../identity-provider/server';
import { loadSettings } from '../identity-provider/settings';
import { Browser, formAction, type Page } from './browser';
import { EventReader } from './event-reader';

const OURS = { 'sec-fetch-site': 'same-origin', 'x-requested-with': 'fund-web' };
const HOUR_MS = 3_600_000;

let gateways: GatewaysUnderTest;
let provider: Server;
let renewals = 0;
/** Of the first gateway, which browsers know, and of the second one. */
let [first, second] = ['', ''];
let ahead = 0;

beforeAll(async () => {
  const [port, oidcPort] = [await freePort(), await freePort()];
  first = `http://127.0.0.1:${port}`;
  const OIDC_ISSUER = `http://127.0.0.1:${oidcPort}`;
  const settings = loadSettings({ OIDC_ISSUER, OIDC_TOKEN_MINUTES: '2', WEB_ORIGIN: first });
  const oidc = createProvider(settings, await newProviderKeys());
  oidc.on('grant.success', (ctx) => {
    if (ctx.oidc.params?.['grant_type'] === 'refresh_token') renewals += 1;
  });
  provider = providerServer(oidc).listen(oidcPort, '127.0.0.1');
  await once(provider, 'listening');
  const SESSION_KEYS = `1:${Buffer.alloc(32, 7).toString('base64')}`;
  const common = { OIDC_ISSUER, PUBLIC_URL: first, SESSION_KEYS, OIDC_TOKEN_LIFE_MAX_MINUTES: '10' };
  gateways = await GatewaysUnderTest.start(1, { ...common, PORT: String(port) });
  gateways.apps.push(await gateways.startOne(common));
  second = `http://127.0.0.1:${gateways.port(1)}`;
  for (const app of gateways.apps) goAhead(app);
});

afterAll(async () => {
  provider.closeAllConnections();
  provider.close();
  await gateways.stop();
});

beforeEach(() => {
  ahead = 0;
  renewals = 0;
});

/** The clock by which a gateway keeps sessions, as far ahead of the provider's as a test says: tokens expire, sessions grow old. */
function goAhead(app: NestFastifyApplication): void {
  const clock = Object.assign(new Clock(), { now: () => new Date(Date.now() + ahead) });
  for (const keeper of [Sessions, IdentityProvider, SignInAttempts]) Reflect.set(app.get(keeper), 'clock', clock);
}

function goTo(browser: Browser, returnTo = '/problems'): Promise<Page> {
  return browser.open(`${first}/auth/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
}

async function signIn(username = 'cashier', returnTo?: string): Promise<{ browser: Browser; page: Page }> {
  const browser = new Browser();
  const chooser = await goTo(browser, returnTo);
  const page = await browser.open(formAction(chooser), { method: 'POST', body: new URLSearchParams({ username }) });
  return { browser, page };
}

async function me(browser: Browser, at = first): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await browser.fetch(`${at}/v1/me`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const SIGNED_IN = { status: 200, body: { subject: 'cashier', name: 'Kai Kasse', roles: ['cashier'] } };
const ENDED = { status: 401, body: expect.objectContaining({ code: 'PLATFORM_SESSION_ENDED' }) as unknown };
const FAILED = { status: 400, code: 'PLATFORM_SIGN_IN_FAILED' };

async function problem(response: Response): Promise<{ status: number; code: unknown }> {
  const { code } = (await response.json()) as { code: unknown };
  return { status: response.status, code };
}

describe('signing in with a browser', () => {
  it('takes one click on a person, comes back to the page that was wanted, and works at every gateway', async () => {
    const { browser, page } = await signIn('cashier', '/problems?x=1');
    expect({ url: page.url, status: page.status }).toEqual({ url: `${first}/problems?x=1`, status: 200 });
    expect(await me(browser)).toEqual(SIGNED_IN);
    expect(await me(browser, second)).toEqual(SIGNED_IN);
  });

  it('gives the browser a name that says nothing and that no script reads, and no token', async () => {
    const { browser } = await signIn();
    const cookie = browser.given.find((line) => line.startsWith('session='));
    expect(cookie).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(browser.given.filter((line) => line.includes('eyJ'))).toEqual([]);
    expect([...browser.cookies.keys()]).not.toContain('sign-in');
  });

  it('shows everybody by role in the language of the browser, and the ERP to nobody', async () => {
    const browser = new Browser();
    const german = await goTo(browser);
    expect(german.body).toContain('Als wer möchten Sie sich anmelden?');
    expect(german.body).not.toMatch(/ERP|<script/);
    const english = await browser.open(german.url, { headers: { 'accept-language': 'en-GB,de;q=0.5' } });
    expect(english.body).toContain('Who do you want to be?');
    expect(english.body.match(/name="username"/g)?.length).toBeGreaterThanOrEqual(18);
  });

  it('lets a visitor be the user of any municipality or expert by its id, and of nothing else', async () => {
    const id = '0198c0de-0000-7000-8000-00000000abcd';
    const browser = new Browser();
    const action = formAction(await goTo(browser));
    for (const role of ['cashier', 'nobody']) {
      const refused = await browser.fetch(action, { method: 'POST', body: new URLSearchParams({ role, id }) });
      expect(refused.status).toBe(400);
    }
    await browser.open(action, { method: 'POST', body: new URLSearchParams({ role: 'municipality-partner', id }) });
    expect((await me(browser)).body).toEqual({
      subject: `municipality-partner@${id}`,
      name: 'Mosi Kibo (00abcd)',
      roles: ['municipality-partner'],
      municipalityId: id,
    });
  });

  it('leads to no other site, whatever is asked for', async () => {
    const { page } = await signIn('cashier', 'https://evil.example/');
    expect(page.url).toBe(`${first}/`);
  });

  it('at another name of this machine begins at the one that the provider knows', async () => {
    const response = await new Browser().fetch(`${first.replace('127.0.0.1', 'localhost')}/auth/sign-in?returnTo=/x`);
    expect(response.headers.get('location')).toBe(`${first}/auth/sign-in?returnTo=/x`);
  });

  it('says so when the provider is away, and works when it is back', async () => {
    const { browser } = await signIn();
    const listening = provider.address() as { port: number };
    provider.closeAllConnections();
    provider.close();
    ahead = 110_000;
    expect((await me(browser)).status).toBe(503);
    provider.listen(listening.port, '127.0.0.1');
    await once(provider, 'listening');
    expect(await me(browser)).toEqual(SIGNED_IN);
  });
});

describe('a sign-in is finished by nobody but the browser that began it', () => {
  it('not with a state of somebody else’s, and not where none was begun', async () => {
    const { browser, page } = await signIn();
    expect(page.status).toBe(200);
    const other = new Browser();
    await goTo(other);
    const forged = `${first}/auth/callback?code=abc&state=${'x'.repeat(43)}&iss=http%3A%2F%2F127.0.0.1`;
    expect(await problem(await other.fetch(forged))).toEqual(FAILED);
    expect(await problem(await new Browser().fetch(forged))).toEqual(FAILED);
    expect(await me(other)).toMatchObject({ status: 401 });
    expect(await me(browser)).toEqual(SIGNED_IN);
  });

  it('not twice with one code', async () => {
    const browser = new Browser();
    const action = formAction(await goTo(browser));
    const attempt = browser.cookies.get('sign-in') ?? '';
    let callback =
      (await browser.fetch(action, { method: 'POST', body: new URLSearchParams({ username: 'cashier' }) })).headers.get(
        'location',
      ) ?? '';
    if (!callback.startsWith(first)) callback = (await browser.fetch(callback)).headers.get('location') ?? '';
    expect((await browser.fetch(callback)).status).toBe(302);
    const thief = new Browser();
    thief.cookies.set('sign-in', attempt);
    expect(await problem(await thief.fetch(callback))).toEqual(FAILED);
    expect(await me(thief)).toMatchObject({ status: 401 });
  });

  it('not after ten minutes, and not with a cookie that was altered', async () => {
    for (const spoil of [
      () => (ahead = 601_000),
      (browser: Browser) =>
        browser.cookies.set(
          'sign-in',
          (browser.cookies.get('sign-in') ?? '').replace(/.(?=.{9}$)/, (c) => (c === 'A' ? 'B' : 'A')),
        ),
    ]) {
      const browser = new Browser();
      const action = formAction(await goTo(browser));
      spoil(browser);
      const page = await browser.open(action, { method: 'POST', body: new URLSearchParams({ username: 'cashier' }) });
      expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({
        status: 400,
        type: 'text/html; charset=utf-8',
      });
      expect(page.body).toContain('Bitte beginnen Sie noch einmal.');
      ahead = 0;
    }
  });
});

describe('a change by cookie', () => {
  const REFUSED = { status: 403, code: 'PLATFORM_ORIGIN_NOT_ALLOWED' };
  const change = (browser: Browser, headers: Record<string, string>, body: string | URLSearchParams = '{}') =>
    browser.fetch(`${first}/v1/municipalities`, { method: 'POST', headers, body });
  const json = { 'content-type': 'application/json' };

  it('is taken from a page of the platform', async () => {
    const { browser } = await signIn('programme-officer');
    // As far as the validation of the body, which stands behind the door.
    for (const headers of [OURS, { origin: first, 'x-requested-with': 'fund-web' }])
      expect(await problem(await change(browser, { ...json, ...headers }))).toEqual({
        status: 400,
        code: 'PLATFORM_REQUEST_INVALID',
      });
  });

  it.each<[string, Record<string, string>]>([
    ['a form of another site', {}],
    ['a form of another site in a new browser', { 'sec-fetch-site': 'cross-site' }],
    ['a script of another site', { ...OURS, 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { ...OURS, 'sec-fetch-site': 'same-site' }],
    ['another origin', { 'x-requested-with': 'fund-web', origin: 'https://evil.example' }],
    ['no origin at all', { 'x-requested-with': 'fund-web' }],
    ['a page without the header', { 'sec-fetch-site': 'same-origin' }],
  ])('is refused from %s', async (_who, headers) => {
    const { browser } = await signIn('programme-officer');
    const form = new URLSearchParams({ name: 'x' });
    expect(await problem(await change(browser, headers, form))).toEqual(REFUSED);
    expect(await problem(await change(browser, { ...json, ...headers }))).toEqual(REFUSED);
    const signOut = await browser.fetch(`${first}/auth/sign-out`, { method: 'POST', headers, body: form });
    expect(await problem(signOut)).toEqual(REFUSED);
    expect((await me(browser)).status).toBe(200);
  });

  it('needs none of that with a bearer token, which counts before the cookie', async () => {
    const { browser } = await signIn('programme-officer');
    expect(await problem(await change(browser, { ...json, authorization: 'Bearer x.y.z' }))).toEqual({
      status: 401,
      code: 'PLATFORM_TOKEN_INVALID',
    });
    const foreign = await gateways.issuer.token(caller('cashier'));
    expect((await browser.fetch(`${first}/v1/me`, { headers: { authorization: `Bearer ${foreign}` } })).status).toBe(
      401,
    );
  });
});

describe('a session', () => {
  it('renews its token once, however many ask at once at however many gateways', async () => {
    const { browser } = await signIn();
    for (const round of [1, 2, 3]) {
      ahead += 110_000;
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => me(browser, index % 2 ? first : second)),
      );
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      expect(renewals).toBe(round);
    }
    expect(await me(browser)).toEqual(SIGNED_IN);
  });

  it('ends when it was used by nobody for an hour, and after twelve hours in any case', async () => {
    const idle = await signIn();
    ahead = 1.05 * HOUR_MS;
    expect(await me(idle.browser)).toEqual(ENDED);
    ahead = 0;
    expect(await me(idle.browser)).toEqual(ENDED);

    const busy = await signIn();
    for (ahead = 0; ahead < 11.9 * HOUR_MS; ahead += 0.8 * HOUR_MS) expect((await me(busy.browser)).status).toBe(200);
    ahead = 12.01 * HOUR_MS;
    expect(await me(busy.browser)).toEqual(ENDED);
  });

  it('is ended for every gateway by signing out, and at the provider', async () => {
    const { browser } = await signIn();
    const stolen = new Browser();
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value);
    expect(await me(stolen, second)).toEqual(SIGNED_IN);
    const response = await browser.fetch(`${second}/auth/sign-out`, { method: 'POST', headers: OURS });
    expect(response.status).toBe(200);
    const { redirect } = (await response.json()) as { redirect: string };
    expect(browser.cookies.has('session')).toBe(false);
    for (const at of [first, second]) expect(await me(stolen, at)).toEqual(ENDED);

    // Still signed in there until its page is answered; then it asks again who one is.
    const confirm = await browser.open(redirect);
    const xsrf = /name="xsrf" value="(\w+)"/.exec(confirm.body)?.[1] ?? '';
    const page = await browser.open(formAction(confirm), {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    expect(page.url).toBe(`${first}/`);
    expect((await goTo(browser)).body).toContain('name="username"');
  });

  it('takes the place of the one that the browser had', async () => {
    const { browser } = await signIn();
    const before = new Browser();
    before.cookies.set('session', browser.cookies.get('session') ?? '');
    await goTo(browser);
    expect(await me(browser)).toEqual(SIGNED_IN);
    expect(await me(before)).toEqual(ENDED);
  });

  it('takes the stream of changes with it', async () => {
    const { browser } = await signIn();
    const cookie = `session=${browser.cookies.get('session')}`;
    const reader = await EventReader.open(`${second}/v1/changes`, { cookie });
    await reader.next(({ name }) => name === 'ready');
    await browser.fetch(`${first}/auth/sign-out`, { method: 'POST', headers: OURS });
    await reader.ended;
  });

  it('is ended by nothing that a signed-out browser asks for', async () => {
    const response = await new Browser().fetch(`${first}/auth/sign-out`, { method: 'POST', headers: OURS });
    expect(response.status).toBe(204);
  });

  it('is ended for every gateway when somebody signs out at the provider itself', async () => {
    const { browser } = await signIn();
    const other = await signIn('auditor');
    const confirm = await browser.open(`http://127.0.0.1:${(provider.address() as { port: number }).port}/session/end`);
    const xsrf = /name="xsrf" value="(\w+)"/.exec(confirm.body)?.[1] ?? '';
    await browser.open(formAction(confirm), { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
    await eventually(async () => {
      for (const at of [first, second]) expect(await me(browser, at)).toEqual(ENDED);
    });
    expect((await me(other.browser)).status).toBe(200);
  });

  it('is ended by no letter that is not the provider’s', async () => {
    const { browser } = await signIn();
    const claims = {
      sub: 'cashier',
      aud: 'fund-web',
      jti: 'j',
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    };
    for (const logout_token of ['x', await gateways.issuer.token(caller('cashier'), claims)]) {
      const body = new URLSearchParams({ logout_token });
      const response = await fetch(`${first}/auth/back-channel-logout`, { method: 'POST', body });
      expect(await problem(response)).toEqual({ status: 400, code: 'PLATFORM_REQUEST_INVALID' });
    }
    expect(await me(browser)).toEqual(SIGNED_IN);
  });

  it('does not exist under a name that was altered or guessed', async () => {
    const { browser } = await signIn();
    const name = browser.cookies.get('session') ?? '';
    for (const other of [
      name.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')),
      'x',
      '',
      '../'.repeat(20),
      'a'.repeat(3000),
    ]) {
      browser.cookies.set('session', other);
      expect((await me(browser)).status).toBe(401);
    }
    browser.cookies.set('session', name);
    expect(await me(browser)).toEqual(SIGNED_IN);
  });

  it('lies in the bucket sealed, under a name that is not the browser’s', async () => {
    const { browser } = await signIn();
    const manager = await jetstreamManager(await gateways.broker.as('admin'));
    const { state } = await manager.streams.info(SESSION_STREAM);
    for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
      const stored = await manager.streams.getMessage(SESSION_STREAM, { seq });
      const text = `${stored?.subject} ${stored?.string()}`;
      expect(text).not.toMatch(/eyJhbGci|cashier|accessToken/);
      expect(text).not.toContain(browser.cookies.get('session'));
    }
  });

  it('that was lost with the bucket costs a new sign-in, and the migration step brings that back', async () => {
    const { browser } = await signIn();
    const admin = await gateways.broker.as('admin');
    await (await jetstreamManager(admin)).streams.delete(SESSION_STREAM);
    expect(await me(browser)).toEqual(ENDED);
    const { page } = await signIn();
    expect({ status: page.status, url: new URL(page.url).pathname }).toEqual({ status: 503, url: '/auth/callback' });
    await ensureStreams(admin);
    const again = await signIn();
    expect(await me(again.browser)).toEqual(SIGNED_IN);
  });
});
