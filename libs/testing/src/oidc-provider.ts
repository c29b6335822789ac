import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import type { Adapter } from 'oidc-provider';
import { TEST_AUDIENCE } from './test-issuer';

/** How a provider writes its access tokens, beyond what OpenID Connect lays down. */
export interface TokenShape {
  /** `typ` of the header; RFC 9068 unless stated. */
  readonly typ?: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A real OpenID provider (panva's oidc-provider) with discovery, keys and token endpoint, whose tokens take any shape. */
export interface OidcProvider {
  readonly issuer: string;
  /** An access token over the token endpoint, by client credentials. */
  token(shape: TokenShape): Promise<string>;
  stop(): Promise<void>;
}

const CLIENT = { id: 'shaped', secret: 'a-secret-of-the-test' };
const RESOURCE = 'urn:test:api';

/** `path` makes it one of several issuers of a host, as `/realms/fund`; `keyId` names its key. */
export async function startOidcProvider({ path = '', keyId = 'k1' } = {}): Promise<OidcProvider> {
  // Loaded when it is asked for: most tests have an issuer reduced to its keys.
  const { Provider } = await import('oidc-provider');
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: keyId, use: 'sig', alg: 'RS256' };
  let shape: TokenShape = { claims: {} };
  let answer: (request: never, response: never) => void = () => undefined;
  const server = createServer((request, response) => {
    // Koa knows nothing of the path that it is mounted below.
    request.url = (request.url ?? '').slice(path.length);
    Object.assign(request, { originalUrl: `${path}${request.url}` });
    answer(request as never, response as never);
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const issuer = `http://127.0.0.1:${address.port}${path}`;
  const provider = new Provider(issuer, {
    adapter: () => NO_STORAGE,
    jwks: { keys: [key] },
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      },
    ],
    ttl: { ClientCredentials: 600 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        getResourceServerInfo: () => ({
          scope: 'api',
          audience: TEST_AUDIENCE,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt: (_ctx, _token, jwt) => {
          jwt.header = { ...jwt.header, ...(shape.typ !== undefined && { typ: shape.typ }) };
          Object.assign(jwt.payload, shape.claims);
        },
      },
    },
  });
  const koa = provider.callback();
  answer = (request, response) => void koa(request, response);
  return {
    issuer,
    token: async (wanted) => {
      shape = wanted;
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      const reply = (await response.json()) as { access_token?: string };
      if (reply.access_token === undefined) throw new Error(`no token: ${JSON.stringify(reply)}`);
      return reply.access_token;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Its access tokens are signed texts, and its client is configured: there is nothing to keep. */
const nothing = (): Promise<undefined> => Promise.resolve(undefined);
const NO_STORAGE: Adapter = {
  upsert: nothing,
  find: nothing,
  findByUserCode: nothing,
  findByUid: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
};
