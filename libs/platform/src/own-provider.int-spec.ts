import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { type AppError, ROLES } from '#contracts';
import { eventually, type OidcProvider, startOidcProvider, TEST_AUDIENCE } from '#testing';
import type { Caller } from './call';
import { Clock } from './clock';
import { PlatformConfig, platformConfigSchema } from './config';
import { HealthRegistry } from './health';
import { IssuerKeys } from './issuer-keys';
import {
  accessTokenOf,
  profileSchema,
  readManifest,
  readRealm,
  type RealmUser,
  shippedSettings,
} from './provider-shapes-spec';
import { TokenVerifier } from './token-verifier';

Logger.overrideLogger(false);

const MUNICIPALITY = '0198c0de-0000-7000-8000-000000000011';

function settings(environment: Record<string, string | undefined>) {
  return platformConfigSchema.parse({ NODE_ENV: 'test', NATS_URL: 'nats://unused', ...environment });
}

function verifierOf(environment: Record<string, string | undefined>) {
  const config = new PlatformConfig('test', settings(environment));
  const health = new HealthRegistry();
  const keys = new IssuerKeys(config, new Clock(), health);
  return { verifier: new TokenVerifier(config, new Clock(), keys), health, keys };
}

/** The caller, or why not. */
async function outcome(verifier: TokenVerifier, token: string): Promise<Caller | string> {
  return verifier.verify(token).catch((error: unknown) => {
    const { code, reason = '' } = error as AppError;
    return `${code}: ${reason}`;
  });
}

describe('Keycloak', () => {
  let provider: OidcProvider;
  let verifier: TokenVerifier;
  beforeAll(async () => {
    provider = await startOidcProvider({ path: '/realms/fund' });
    ({ verifier } = verifierOf(shippedSettings('keycloak', provider.issuer)));
  });
  afterAll(() => provider.stop());

  const realm = readRealm();
  const token = (user: RealmUser, client = 'fund-web', more: Record<string, unknown> = {}) =>
    provider.token({ typ: 'JWT', claims: { ...accessTokenOf(realm, client, user), ...more } });

  it('with the shipped realm tells roles and bound objects of a user', async () => {
    const user = { sub: 'u1', roles: ['municipality-de'], attributes: { municipality_id: MUNICIPALITY } };
    expect(await outcome(verifier, await token(user))).toEqual({
      subject: 'u1',
      roles: ['municipality-de'],
      municipalityId: MUNICIPALITY,
    });
  });

  it('with the shipped realm has every role of the fund, and gives the ERP its own by client credentials', async () => {
    expect(realm.roles.client[TEST_AUDIENCE]?.map(({ name }) => name)).toEqual([...ROLES]);
    const [machine] = realm.users;
    const roles = machine?.clientRoles[TEST_AUDIENCE] ?? [];
    expect(await outcome(verifier, await token({ sub: 's1', roles, attributes: {} }, 'erp'))).toEqual({
      subject: 's1',
      roles: ['payout-consumer'],
    });
  });

  it('lets no user change the object that they act for', () => {
    const [profile] = realm.components['org.keycloak.userprofile.UserProfileProvider'];
    const { attributes } = profileSchema.parse(JSON.parse(profile.config['kc.user.profile.config'][0]));
    const bound = attributes.filter(({ name }) => name.endsWith('_id'));
    expect(bound.map(({ permissions }) => permissions.edit)).toEqual([['admin'], ['admin']]);
  });

  it('does not make roles of other clients, or of the realm, into ours', async () => {
    const foreign = {
      realm_access: { roles: ['auditor'] },
      resource_access: { account: { roles: ['cashier'] }, [TEST_AUDIENCE]: { roles: ['adviser', 'uma_protection'] } },
    };
    const user = { sub: 'u2', roles: [], attributes: {} };
    expect(await outcome(verifier, await token(user, 'fund-web', foreign))).toEqual({
      subject: 'u2',
      roles: ['adviser'],
    });
  });

  it('may keep the roles in the realm, by names of its own', async () => {
    const common = { ...shippedSettings('keycloak', provider.issuer), OIDC_CLAIM_ROLES: 'realm_access.roles' };
    const claims = { realm_access: { roles: ['fund-cashier', 'auditor', 'FUND_Kasse'] } };
    const made = await token({ sub: 'u3', roles: [], attributes: {} }, 'fund-web', claims);
    const rolesWith = async (more: Record<string, string>) => {
      const found = await outcome(verifierOf({ ...common, ...more }).verifier, made);
      return typeof found === 'string' ? found : found.roles;
    };
    expect(await rolesWith({})).toEqual(['auditor']);
    expect(await rolesWith({ OIDC_ROLE_PREFIX: 'fund-' })).toEqual(['cashier']);
    expect(await rolesWith({ OIDC_ROLE_MAP: 'FUND_Kasse=cashier,FUND_Leitung=auditor' })).toEqual(['cashier']);
  });

  it.each([
    ['an ID token', { typ: 'ID' }, 'it lacks what OIDC_TOKEN_CLAIM asks for'],
    ['a token for another client', { aud: 'account' }, `claim aud is account, not ${TEST_AUDIENCE}`],
    ['roles that are no list', { resource_access: { [TEST_AUDIENCE]: { roles: 7 } } }, 'is not a list of texts'],
    ['a municipality that is none of ours', { municipality_id: 'tuebingen' }, 'claim municipality_id is not one UUID'],
    ['two municipalities', { municipality_id: [MUNICIPALITY, MUNICIPALITY] }, 'claim municipality_id is not one UUID'],
  ])('is not believed %s', async (_what, claims, reason) => {
    const refused = await outcome(verifier, await token({ sub: 'u4', roles: [], attributes: {} }, 'fund-web', claims));
    expect(refused).toContain('PLATFORM_TOKEN_INVALID: token refused: ');
    expect(refused).toContain(reason);
  });
});

describe('Entra ID', () => {
  let provider: OidcProvider;
  let verifier: TokenVerifier;
  beforeAll(async () => {
    provider = await startOidcProvider({ path: '/tenant/v2.0' });
    ({ verifier } = verifierOf(shippedSettings('entra-id', provider.issuer)));
  });
  afterAll(() => provider.stop());

  const manifest = readManifest();
  const aud = settings(shippedSettings('entra-id', 'https://unused.example')).OIDC_AUDIENCE;
  /** An access token of version 2.0, as Microsoft's reference of its claims describes it. */
  const token = (claims: Record<string, unknown>) =>
    provider.token({
      typ: 'JWT',
      claims: { aud, azp: 'web', azpacr: '0', oid: 'o', tid: 't', uti: 'x', ver: '2.0', scp: 'access', ...claims },
    });

  it('with the shipped manifest tells roles and extension attributes, whether one text or a list of one', async () => {
    const [municipality = '', expert = ''] = manifest.extensions;
    const claims = { sub: 'e1', roles: ['expert', 'Unrelated.Read'], [expert]: [MUNICIPALITY] };
    expect(await outcome(verifier, await token(claims))).toEqual({
      subject: 'e1',
      roles: ['expert'],
      expertId: MUNICIPALITY,
    });
    const municipal = { sub: 'e2', roles: ['municipality-partner'], [municipality]: MUNICIPALITY };
    expect(await outcome(verifier, await token(municipal))).toMatchObject({ municipalityId: MUNICIPALITY });
  });

  it('with the shipped manifest has every role of the fund, the machine’s for applications alone', () => {
    expect(manifest.roles.map(({ value }) => value)).toEqual([...ROLES]);
    expect(manifest.roles.filter(({ allowedMemberTypes }) => allowedMemberTypes.includes('Application'))).toEqual([
      expect.objectContaining({ value: 'payout-consumer', allowedMemberTypes: ['Application'] }),
    ]);
  });

  it('is not believed an ID token, which names no application that asked for it', async () => {
    expect(await outcome(verifier, await token({ sub: 'e3', azp: undefined, roles: ['auditor'] }))).toContain(
      'it lacks what OIDC_TOKEN_CLAIM asks for',
    );
  });
});

describe('a provider of one’s own', () => {
  const servers: Server[] = [];
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await once(server.close(), 'close');
    }
    for (const stop of stops.splice(0)) await stop();
  });

  async function started(options: Parameters<typeof startOidcProvider>[0] = {}): Promise<OidcProvider> {
    const provider = await startOidcProvider(options);
    stops.push(() => provider.stop());
    return provider;
  }

  async function answering(status: number, body: unknown): Promise<string> {
    const server = createServer((_request, response) => response.writeHead(status).end(JSON.stringify(body)));
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  }

  it('is found by its discovery document, and tokens of the demo provider are refused beside it', async () => {
    const [own, demo] = [await started(), await started({ keyId: 'demo-1' })];
    const { verifier } = verifierOf({ OIDC_ISSUER: own.issuer, OIDC_AUDIENCE: TEST_AUDIENCE });
    const claims = { sub: 'x', roles: ['adviser'] };
    expect(await outcome(verifier, await own.token({ claims }))).toMatchObject({ roles: ['adviser'] });
    expect(await outcome(verifier, await demo.token({ claims }))).toBe(
      `PLATFORM_TOKEN_INVALID: token refused: signed by no key of ${own.issuer}; it says that it is from ${demo.issuer}`,
    );
    expect(await outcome(verifier, await demo.token({ claims: { ...claims, iss: own.issuer } }))).toContain(
      'signed by no key of',
    );
  });

  it('never gets the keys of the demo provider, even where they are configured for it', async () => {
    const demo = await started({ keyId: 'demo-1' });
    const real = 'https://login.example.org';
    const forged = await demo.token({ claims: { sub: 'x', roles: ['auditor'], iss: real } });
    const { verifier, health } = verifierOf({ OIDC_ISSUER: real, OIDC_JWKS_URL: `${demo.issuer}/jwks` });
    expect(await outcome(verifier, forged)).toMatch(
      /^PLATFORM_SERVICE_UNAVAILABLE: .*gives the keys of the demo identity provider.*do not count for https:\/\/login\.example\.org/,
    );
    expect((await health.report()).status).toBe('down');
  });

  it('has its keys fetched from the place for loopback issuers only when it is one', async () => {
    const demo = await started({ keyId: 'demo-1' });
    const OIDC_LOOPBACK_JWKS_URL = `${demo.issuer}/jwks`;
    const claims = { sub: 'x', roles: ['adviser'], iss: 'http://127.0.0.1:1' };
    const local = verifierOf({ OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_LOOPBACK_JWKS_URL });
    expect(await outcome(local.verifier, await demo.token({ claims }))).toMatchObject({ roles: ['adviser'] });
    const real = verifierOf({ OIDC_ISSUER: 'https://login.example.invalid', OIDC_LOOPBACK_JWKS_URL });
    expect(await outcome(real.verifier, await demo.token({ claims }))).toMatch(
      /https:\/\/login\.example\.invalid\/\.well-known\/openid-configuration does not answer/,
    );
  });

  it.each([
    [
      'of another issuer',
      200,
      { issuer: 'https://other.example', jwks_uri: 'https://other.example/k' },
      /is of the issuer "https:\/\/other\.example", but OIDC_ISSUER is "http:\/\/127\.0\.0\.1:\d+": both must be equal/,
    ],
    ['without the address of keys', 200, { issuer: 'x' }, /is no discovery document with issuer and jwks_uri/],
    ['that is missing', 404, {}, /openid-configuration answers 404/],
  ])('with a discovery document %s is named with its address, in health too', async (_what, status, body, sentence) => {
    const OIDC_ISSUER = await answering(status, body);
    const { verifier, health } = verifierOf({ OIDC_ISSUER });
    const token = await (await started()).token({ claims: { sub: 'x' } });
    expect(await outcome(verifier, token)).toMatch(sentence);
    const { checks, status: state } = await health.report();
    expect(state).toBe('down');
    expect(checks['token-keys']).toMatchObject({ status: 'down', detail: expect.stringMatching(sentence) as string });
  });

  it('that does not answer yet is asked until it does: the process is not ready before', async () => {
    const own = await started();
    const place = await answering(200, { keys: [] });
    const [server] = servers;
    server?.removeAllListeners('request');
    let isUp = false;
    server?.on('request', (_request, response) => {
      if (!isUp) return void response.writeHead(503).end();
      void fetch(`${own.issuer}/jwks`).then(async (keys) => response.end(await keys.text()));
    });
    const { health, keys } = verifierOf({ OIDC_ISSUER: own.issuer, OIDC_JWKS_URL: `${place}/jwks` });
    keys.onModuleInit();
    try {
      await eventually(async () =>
        expect(await health.report()).toMatchObject({
          status: 'down',
          checks: { 'token-keys': { detail: `${place}/jwks answers 503` } },
        }),
      );
      isUp = true;
      await eventually(async () => expect((await health.report()).status).toBe('up'));
    } finally {
      keys.onApplicationShutdown();
    }
  }, 20_000);

  it('goes away: the process says so and stays ready, as long as the keys count', async () => {
    const own = await started();
    const { verifier, health } = verifierOf({ OIDC_ISSUER: own.issuer, OIDC_KEYS_REFRESH_SECONDS: '5' });
    await verifier.verify(await own.token({ claims: { sub: 'x' } }));
    expect((await health.report()).status).toBe('up');
    await stops.pop()?.();
    await eventually(async () => expect((await health.report()).status).toBe('degraded'));
    expect(await health.report()).toMatchObject({
      status: 'degraded',
      checks: {
        'token-keys': { status: 'up' },
        'identity-provider': {
          status: 'down',
          detail: expect.stringContaining(`${own.issuer}/.well-known/openid-configuration does not answer`) as string,
        },
      },
    });
  }, 20_000);
});

describe('the settings for a provider', () => {
  const faults = (environment: Record<string, string>) =>
    platformConfigSchema
      .safeParse({ NATS_URL: 'nats://x', OIDC_ISSUER: 'https://i.example', ...environment })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

  it.each([
    [{ OIDC_TOKEN_TYPES: 'JWT' }, /^OIDC_TOKEN_CLAIM: is needed beside OIDC_TOKEN_TYPES, or an ID token would pass/],
    [{ OIDC_TOKEN_TYPES: ' , ' }, /^OIDC_TOKEN_TYPES: must name at least one type/],
    [{ OIDC_CLAIM_ROLES: ',' }, /^OIDC_CLAIM_ROLES: must name at least one claim/],
    [
      { OIDC_ROLE_MAP: 'Kasse=kassierer' },
      /^OIDC_ROLE_MAP: "Kasse=kassierer" is not <name at the provider>=<one of programme-officer,/,
    ],
    [{ OIDC_ROLE_MAP: 'cashier' }, /^OIDC_ROLE_MAP: "cashier" is not/],
    [
      { OIDC_ROLE_MAP: 'K=cashier', OIDC_ROLE_PREFIX: 'f-' },
      /^OIDC_ROLE_PREFIX: cannot be combined with OIDC_ROLE_MAP/,
    ],
  ])('%j are refused', (environment, sentence) => {
    expect(faults(environment)).toEqual([expect.stringMatching(sentence)]);
  });
});
