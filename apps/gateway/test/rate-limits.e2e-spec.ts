import { caller, eventually, type TestCaller } from '#testing';
import { RateLimiter } from '../src/rates/rate-limiter';
import { GatewaysUnderTest } from './gateway-under-test';

const QUOTA = 200;
const SECONDS = 60;
const FORGED_MAX = 1000;
/** What all replicas together may accept beside the quota. */
const TOLERANCE = 0.05;

let gateways: GatewaysUnderTest;

beforeAll(async () => {
  gateways = await GatewaysUnderTest.start(2, {
    RATE_LIMIT_READ: `${QUOTA}/${SECONDS}`,
    RATE_LIMIT_WRITE: '2/10',
    RATE_LIMIT_ADDRESS: `${FORGED_MAX}/600`,
  });
  await eventually(() => {
    for (const app of gateways.apps) expect(app.get(RateLimiter).replicas).toBe(2);
  });
});

afterAll(() => gateways.stop());

async function ask(index: number, as: TestCaller, init: RequestInit = {}): Promise<Response> {
  const authorization = `Bearer ${await gateways.issuer.token(as)}`;
  const response = await fetch(`http://127.0.0.1:${gateways.port(index)}/v1/me`, {
    ...init,
    headers: { authorization },
  });
  await response.text();
  return response;
}

/** Requests spread evenly over the time and over both gateways; answers how many were accepted, and in what time. */
async function load(as: TestCaller, requests: number, seconds: number): Promise<{ accepted: number; took: number }> {
  const started = performance.now();
  const answers: Promise<Response>[] = [];
  while (answers.length < requests) {
    const due = Math.min(requests, Math.ceil(((performance.now() - started) / 1000 / seconds) * requests));
    while (answers.length < due) answers.push(ask(answers.length % 2, as));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const accepted = (await Promise.all(answers)).filter(({ status }) => status === 200).length;
  return { accepted, took: (performance.now() - started) / 1000 };
}

describe('two gateways', () => {
  it('let one caller at ten times the limit have the quota and no more, and another go undisturbed', async () => {
    const [greedy, modest] = [caller('auditor', { subject: 'greedy' }), caller('auditor', { subject: 'modest' })];
    const [{ accepted, took }, undisturbed] = await Promise.all([load(greedy, 10 * QUOTA, 5), load(modest, 50, 5)]);
    process.stdout.write(
      `quota ${QUOTA} in ${SECONDS} s, asked ${10 * QUOTA} times in ${took.toFixed(1)} s at two gateways: accepted ${accepted}; another caller: ${undisturbed.accepted} of 50\n`,
    );
    expect(accepted).toBeGreaterThanOrEqual(QUOTA * (1 - TOLERANCE));
    // As the window slides, so much becomes free again.
    expect(accepted).toBeLessThanOrEqual(QUOTA * (1 + TOLERANCE) * (1 + took / SECONDS));
    expect(undisturbed.accepted).toBe(50);
  });

  it('say how much is left, and when to come again', async () => {
    const someone = caller('auditor', { subject: 'someone' });
    const first = await ask(0, someone);
    expect(first.headers.get('ratelimit-policy')).toBe(`"read";q=${QUOTA};w=${SECONDS}`);
    expect(first.headers.get('ratelimit')).toMatch(/^"read";r=\d+;t=\d+$/);
  });

  it('refuse with a problem that says which limit it was', async () => {
    const authorization = `Bearer ${await gateways.issuer.token(caller('adviser', { subject: 'writer' }))}`;
    const send = () =>
      gateways.app.inject({ method: 'POST', url: '/v1/municipalities', headers: { authorization }, payload: {} });
    const [first, , refused] = [await send(), await send(), await send()];
    expect(first?.statusCode).toBe(400);
    expect(refused?.headers['content-type']).toContain('application/problem+json');
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(refused?.json()).toMatchObject({
      code: 'PLATFORM_RATE_LIMITED',
      details: { policy: 'write', quota: 2, windowSeconds: 10 },
    });
  });

  it('count a caller of one gateway at the other', async () => {
    const both = caller('auditor', { subject: 'both' });
    for (let request = 0; request < 20; request += 1) await ask(0, both);
    await eventually(async () => {
      const left = /r=(\d+)/.exec((await ask(1, both)).headers.get('ratelimit') ?? '')?.[1];
      expect(Number(left)).toBeLessThanOrEqual(QUOTA - 20);
    });
  });
});

describe('whoever brings no good token', () => {
  it('is limited by address, before a token is looked at, and disturbs nobody who has one', async () => {
    let looked = 0;
    const forge = async (): Promise<number> => {
      const { statusCode } = await gateways.app.inject({
        url: '/v1/me',
        remoteAddress: '198.51.100.7',
        headers: { authorization: `Bearer forged.${looked}` },
      });
      looked += statusCode === 401 ? 1 : 0;
      return statusCode;
    };
    await eventually(async () => {
      for (let request = 0; request < 100; request += 1) await forge();
      expect(looked).toBeGreaterThanOrEqual(FORGED_MAX * (1 - TOLERANCE));
    });
    for (let request = 0; request < 200; request += 1) await forge();
    expect(await forge()).toBe(429);
    expect(looked).toBeLessThanOrEqual(FORGED_MAX * (1 + TOLERANCE));
    const elsewhere = await gateways.app.inject({ url: '/problems', remoteAddress: '198.51.100.8' });
    expect(elsewhere.statusCode).toBe(200);
  });

  it('cannot name another address by itself', async () => {
    const answer = await gateways.app.inject({
      url: '/problems',
      remoteAddress: '198.51.100.7',
      headers: { 'x-forwarded-for': '203.0.113.99' },
    });
    expect(answer.statusCode).toBe(429);
  });
});
