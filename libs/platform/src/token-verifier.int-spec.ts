import { Logger } from '@nestjs/common';
import { register } from 'prom-client';
import type { AppError } from '#contracts';
import { caller, FixedClock, startTestIssuer, TEST_AUDIENCE, TEST_TOKEN_LIFE_MINUTES, type TestIssuer } from '#testing';
import { PlatformConfig, platformConfigSchema } from './config';
import { HealthRegistry } from './health';
import { IssuerKeys } from './issuer-keys';
import { TokenVerifier } from './token-verifier';

// What is refused is said in the log; here that is the rule, not news.
Logger.overrideLogger(false);

const NOON = '2026-11-02T12:00:00Z';
const officer = caller('programme-officer');

let issuer: TestIssuer;
let clock: FixedClock;
let health: HealthRegistry;
let verifier: TokenVerifier;

function start(environment: Record<string, unknown> = {}): void {
  clock = new FixedClock(NOON);
  health = new HealthRegistry();
  const values = platformConfigSchema.parse({
    NODE_ENV: 'test',
    NATS_URL: 'nats://unused',
    OIDC_ISSUER: issuer.url,
    OIDC_JWKS_URL: `${issuer.url}/jwks`,
    OIDC_AUDIENCE: TEST_AUDIENCE,
    OIDC_TOKEN_LIFE_MAX_MINUTES: TEST_TOKEN_LIFE_MINUTES,
    ...environment,
  });
  const config = new PlatformConfig('test', values);
  verifier = new TokenVerifier(config, clock, new IssuerKeys(config, clock, health));
}

async function codeOf(token: string): Promise<string> {
  return verifier.verify(token).then(
    () => 'accepted',
    (error: unknown) => (error as { code: string }).code,
  );
}

/** Asks often enough to give a background fetch its chance, and answers the last outcome. */
async function settled(token: string, rounds = 50): Promise<string> {
  let code = '';
  for (let round = 0; round < rounds; round += 1) {
    code = await codeOf(token);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return code;
}

beforeEach(async () => {
  issuer = await startTestIssuer();
  start();
});

afterEach(() => issuer.stop());

describe('a withdrawn key', () => {
  it('stops within five minutes, for callers that are remembered and for new tokens', async () => {
    const [seen, unseen] = [await issuer.token(officer), await issuer.token(caller('auditor'))];
    expect(await settled(seen)).toBe('accepted');
    expect(verifier.remembered(seen)).toBeDefined();

    await issuer.replaceKey();
    clock.advance(5 * 60_000);

    expect(verifier.remembered(seen)).toBeUndefined();
    expect([await codeOf(seen), await codeOf(unseen)]).toEqual(['PLATFORM_TOKEN_INVALID', 'PLATFORM_TOKEN_INVALID']);
    expect(await codeOf(await issuer.token(officer))).toBe('accepted');
  });

  it('stops as soon as anybody brings a token of the new one', async () => {
    const seen = await issuer.token(officer);
    expect(await settled(seen)).toBe('accepted');
    await issuer.replaceKey();
    clock.advance(6000);

    expect(await codeOf(await issuer.token(officer))).toBe('accepted');
    expect(verifier.remembered(seen)).toBeUndefined();
    expect(await codeOf(seen)).toBe('PLATFORM_TOKEN_INVALID');
  });
});

describe('the issuer', () => {
  it('is asked once for a hundred callers who come at once', async () => {
    const token = await issuer.token(officer);
    await Promise.all(Array.from({ length: 100 }, () => verifier.verify(token)));
    expect(issuer.keyRequests).toBe(1);
  });

  it('is asked for unknown keys at most once in five seconds', async () => {
    const other = await startTestIssuer();
    const foreign = await other.token(officer, { iss: issuer.url });
    await other.stop();
    await codeOf(await issuer.token(officer));
    for (let second = 0; second < 20; second += 1) {
      clock.advance(1000);
      expect(await codeOf(foreign)).toBe('PLATFORM_TOKEN_INVALID');
    }
    expect(issuer.keyRequests).toBeLessThanOrEqual(1 + 20 / 5);
    expect(issuer.keyRequests).toBeGreaterThan(1);
  });

  it('is asked again when it is time, without anybody waiting for it', async () => {
    const token = await issuer.token(officer);
    await settled(token);
    clock.advance(130_000);
    expect(verifier.remembered(token)).toBeDefined();
    await settled(token);
    expect(issuer.keyRequests).toBe(2);
  });

  it('may be away for an hour; then its keys count no longer', async () => {
    const token = await issuer.token(officer);
    await settled(token);
    issuer.setAway(true);
    clock.advance(59 * 60_000);
    expect(await codeOf(token)).toBe('accepted');
    expect(await codeOf(await issuer.token(caller('cashier')))).toBe('accepted');
    clock.advance(2 * 60_000);
    expect(await codeOf(token)).toBe('PLATFORM_SERVICE_UNAVAILABLE');

    issuer.setAway(false);
    clock.advance(6000);
    expect(await codeOf(token)).toBe('accepted');
  });

  it('is not asked by everyone while it is away', async () => {
    issuer.setAway(true);
    const token = await issuer.token(officer);
    expect(await settled(token, 100)).toBe('PLATFORM_SERVICE_UNAVAILABLE');
    expect(issuer.keyRequests).toBe(1);
  });
});

it('finds the keys by itself where only the issuer is known', async () => {
  start({ OIDC_JWKS_URL: undefined });
  expect(await codeOf(await issuer.token(officer))).toBe('accepted');
});

describe('the life of a token', () => {
  const now = Date.parse(NOON) / 1000;
  beforeEach(() => {
    start({ OIDC_TOKEN_LIFE_MAX_MINUTES: 120 });
  });

  it.each([
    ['of exactly as long as allowed', { iat: now, exp: now + 7200 }, 'accepted'],
    ['of a second more', { iat: now, exp: now + 7201 }, 'PLATFORM_TOKEN_INVALID'],
    ['that says it will be issued later', { iat: now + 86_400, exp: now + 90_000 }, 'PLATFORM_TOKEN_INVALID'],
    ['that does not say when it was issued', { iat: undefined, exp: now + 60 }, 'PLATFORM_TOKEN_INVALID'],
  ])('%s: %j is %s', async (_what, claims, outcome) => {
    expect(await codeOf(await issuer.token(officer, claims))).toBe(outcome);
  });

  it('cannot be configured to more than a day outside tests', () => {
    const values = { NATS_URL: 'nats://x', OIDC_ISSUER: 'https://issuer.example', OIDC_TOKEN_LIFE_MAX_MINUTES: 1441 };
    expect(platformConfigSchema.safeParse(values).success).toBe(false);
    expect(platformConfigSchema.safeParse({ ...values, OIDC_TOKEN_LIFE_MAX_MINUTES: 1440 }).success).toBe(true);
  });
});

describe('the reason of a refusal, for the log alone', () => {
  const now = Date.parse(NOON) / 1000;
  beforeEach(() => {
    start({ OIDC_TOKEN_LIFE_MAX_MINUTES: 120 });
  });
  const reasonOf = (token: string) =>
    verifier.verify(token).then(
      () => 'accepted',
      (error: unknown) => (error as AppError).reason,
    );
  const token = (claims: Record<string, unknown>) => issuer.token(officer, { iat: now, exp: now + 60, ...claims });

  it.each([
    ['expired', { iat: now - 500, exp: now - 300 }, 'expired 300 s ago'],
    ['issuer', { iss: 'https://other.example' }, /^claim iss is https:\/\/other\.example, not http:\/\/127/],
    ['audience', { aud: ['account', 'web'] }, `claim aud is account, web, not ${TEST_AUDIENCE}`],
    ['audience that names a person', { aud: 'jane@doe.example' }, `claim aud is something else, not ${TEST_AUDIENCE}`],
    ['missing subject', { sub: undefined }, 'claim sub missing'],
    ['life', { exp: now + 7201 }, 'valid for 120 min, longer than OIDC_TOKEN_LIFE_MAX_MINUTES'],
    ['expert', { expert_id: 'me' }, 'claim expert_id is not one UUID'],
  ])('names the %s', async (_what, claims, reason) => {
    const found = await reasonOf(await token(claims));
    expect(found?.startsWith('token refused: ')).toBe(true);
    expect(found?.slice('token refused: '.length)).toMatch(reason);
  });

  it('names a key that is none of the issuer’s, a wrong signature, and what is no token', async () => {
    const other = await startTestIssuer();
    expect(await reasonOf(await other.token(officer))).toBe(
      `token refused: signed by no key of ${issuer.url}; it says that it is from ${other.url}`,
    );
    await other.stop();
    const [head = '', body = '', signature = ''] = (await token({})).split('.');
    const turned = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    expect(await reasonOf([head, body, turned].join('.'))).toBe('token refused: the signature is wrong');
    expect(await reasonOf('nonsense')).toBe('token refused: ERR_JWS_INVALID');
    expect(await reasonOf('x'.repeat(9000))).toBe('token refused: longer than 8192 characters');
  });

  it('stands in the metrics by kind', async () => {
    await reasonOf(await token({ exp: now - 300, iat: now - 500 }));
    expect(await register.getSingleMetricAsString('tokens_refused_total')).toMatch(/reason="expired"\} [1-9]/);
  });
});
