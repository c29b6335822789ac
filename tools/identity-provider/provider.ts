import {
  type Configuration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
  Provider,
  type ResourceServer,
} from 'oidc-provider';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DEMO_KEY_PREFIX } from '#platform/settings';
import { DEMO_CLIENTS, type DemoClient, demoClient, demoUser } from './demo-users';
import { DEMO_GRANT, SCRIPT_CLIENT, WEB_CLIENT } from './grant';
import { asksForConfirmation, CONFIRMED } from './confirmation';
import { languageOf, PAGE_POLICY } from './page';
import type { ProviderKeys, Settings } from './settings';
import { signOutPage } from './sign-out-page';

// What the web client's tokens are for; their audience is OIDC_AUDIENCE, which need not be a URI.
const API = 'urn:fachkraeftefonds:api';
const API_SCOPE = 'api';
const BINDING = z.object({ expert_id: z.uuid().optional(), municipality_id: z.uuid().optional() });

/** The OpenID provider of the demo: real tokens, real keys, and users whom nobody has to prove to be. */
export function createProvider(settings: Settings, keys: ProviderKeys): Provider {
  const provider = new Provider(settings.OIDC_ISSUER, configuration(settings, keys));
  // Behind a container's published port the request names another host than the issuer; the issuer is what counts.
  provider.proxy = true;
  provider.registerGrantType(DEMO_GRANT, (ctx) => grantDemoToken(provider, settings, ctx), [
    'username',
    'expert_id',
    'municipality_id',
  ]);
  return provider;
}

function configuration(settings: Settings, keys: ProviderKeys): Configuration {
  const isWeb = (origin: string): boolean => origin === new URL(settings.WEB_ORIGIN).origin;
  return {
    jwks: { keys: keys.jwks.keys.map(marked) },
    cookies: { keys: [...keys.cookieKeys] },
    clients: [webClient(settings), scriptClient(), ...DEMO_CLIENTS.map(machineClient)],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    pkce: { required: () => true },
    acrValues: [CONFIRMED],
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: ['name', 'roles', 'municipality_id', 'expert_id'] },
    conformIdTokenClaims: false,
    clientBasedCORS: (_ctx, origin) => isWeb(origin),
    findAccount: (_ctx, username) => {
      const user = demoUser(username);
      return user && { accountId: username, claims: () => ({ sub: username, ...claimsOf(username) }) };
    },
    extraTokenClaims: (ctx, token) =>
      'accountId' in token && token.accountId
        ? { ...claimsOf(token.accountId), ...bindingOf(ctx), ...signInOf(ctx) }
        : { roles: demoClient(token.clientId ?? '')?.roles },
    // The client is ours: signing in is consent enough.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client?.clientId,
        accountId: ctx.oidc.session?.accountId,
      });
      grant.addOIDCScope('openid profile');
      grant.addResourceScope(API, API_SCOPE);
      await grant.save();
      return grant;
    },
    // It tells nobody but the gateway on this machine of a sign-out, which its own protection would not let it reach.
    fetch: (url, init) => fetch(url, { ...init, dispatcher: undefined }),
    // A browser stays signed in at the platform for longer than a token is valid.
    issueRefreshToken: (_ctx, client) => client.clientId === WEB_CLIENT,
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}`, policy: promptsWithStepUp() },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: showSignOut },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API,
        useGrantedResource: () => true,
        getResourceServerInfo: () => api(settings),
      },
    },
    ttl: {
      AccessToken: settings.OIDC_TOKEN_MINUTES * 60,
      ClientCredentials: settings.OIDC_TOKEN_MINUTES * 60,
      IdToken: 3600,
      Session: 12 * 3600,
      RefreshToken: 12 * 3600,
      Grant: 12 * 3600,
      Interaction: 3600,
    },
  };
}

/** So that no service takes the demo's keys for another issuer's, whatever it is told; keys of earlier versions have no mark yet. */
function marked(key: ProviderKeys['jwks']['keys'][number]): ProviderKeys['jwks']['keys'][number] {
  return { ...key, kid: `${DEMO_KEY_PREFIX}${key.kid ?? ''}` };
}

function webClient({ WEB_ORIGIN }: Settings): NonNullable<Configuration['clients']>[number] {
  const at = (path: string): string => new URL(path, WEB_ORIGIN).toString();
  return {
    client_id: WEB_CLIENT,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [at('/auth/callback')],
    post_logout_redirect_uris: [at('/')],
    backchannel_logout_uri: at('/auth/back-channel-logout'),
    backchannel_logout_session_required: true,
  };
}

function showSignOut(ctx: KoaContextWithOIDC, form: string): void {
  ctx.set('content-security-policy', PAGE_POLICY);
  ctx.body = signOutPage(form, languageOf(ctx.get('accept-language')));
}

function scriptClient(): NonNullable<Configuration['clients']>[number] {
  return {
    client_id: SCRIPT_CLIENT,
    token_endpoint_auth_method: 'none',
    grant_types: [DEMO_GRANT],
    response_types: [],
    redirect_uris: [],
  };
}

function machineClient({ clientId, clientSecret }: DemoClient): NonNullable<Configuration['clients']>[number] {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  };
}

function api({ OIDC_AUDIENCE, OIDC_TOKEN_MINUTES }: Settings): ResourceServer {
  return {
    scope: API_SCOPE,
    audience: OIDC_AUDIENCE,
    accessTokenTTL: OIDC_TOKEN_MINUTES * 60,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'ES256' } },
  };
}

async function grantDemoToken(provider: Provider, settings: Settings, ctx: KoaContextWithOIDC): Promise<void> {
  const { client, params } = ctx.oidc;
  const username = z.string().catch('').parse(params?.['username']);
  if (!client || !demoUser(username)) throw new errors.InvalidGrant('unknown demo user');
  if (!BINDING.safeParse(params).success) throw new errors.InvalidRequest('expert_id and municipality_id are UUIDs');
  const token = new provider.AccessToken({
    accountId: username,
    client,
    scope: API_SCOPE,
    grantId: randomUUID(),
    gty: DEMO_GRANT,
  });
  token.resourceServer = new provider.ResourceServer(API, api(settings));
  ctx.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: token.expiration, scope: API_SCOPE };
}

function claimsOf(username: string): Record<string, unknown> {
  const user = demoUser(username);
  return {
    name: user?.name,
    roles: user?.roles,
    ...(user?.municipalityId && { municipality_id: user.municipalityId }),
    ...(user?.expertId && { expert_id: user.expertId }),
  };
}

/** When and how the person signed in, as RFC 9068 has it in access tokens, however often they were renewed. A script does it now. */
function signInOf({ oidc }: KoaContextWithOIDC): { auth_time: number; acr?: string } {
  const { authTime, acr } = oidc.entities.RefreshToken ?? oidc.entities.AuthorizationCode ?? {};
  return { auth_time: authTime ?? Math.floor(Date.now() / 1000), ...(acr !== undefined && { acr }) };
}

/** Whoever is asked for a confirmation picks once more who to be, though signed in already: the provider itself takes `acr_values` for a wish. */
function promptsWithStepUp(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  const isMissing = ({ oidc }: KoaContextWithOIDC): boolean =>
    asksForConfirmation(oidc.params) && oidc.session?.acr !== CONFIRMED && !oidc.result?.login;
  policy.get('login')?.checks.add(new interactionPolicy.Check('acr_values', 'confirmation is asked for', isMissing));
  return policy;
}

// A script may bind the user to another object: the demo acts for experts that it has just registered.
function bindingOf(ctx: KoaContextWithOIDC): Record<string, string> {
  if (ctx.oidc.params?.['grant_type'] !== DEMO_GRANT) return {};
  const binding = BINDING.parse(ctx.oidc.params);
  return Object.fromEntries(
    Object.entries(binding).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
