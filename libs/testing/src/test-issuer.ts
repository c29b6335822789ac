import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { TestCaller } from './test-caller';

/** An identity provider reduced to its keys: what verifies tokens cannot tell it from a real one. */
export interface TestIssuer {
  readonly url: string;
  /** An access token (RFC 9068) for this caller. `claims` replace or remove (undefined) what would stand there, to forge a bad one. */
  token(caller: TestCaller, claims?: Record<string, unknown>): Promise<string>;
  stop(): Promise<void>;
}

export const TEST_AUDIENCE = 'fachkraeftefonds-api';
// Tests set the clock to any day of the programme; a token is valid on all of them.
const FAR_FUTURE = Date.UTC(2100, 0, 1) / 1000;
const KEY_ID = 'test';

export async function startTestIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'ES256', use: 'sig' }] });
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/jwks') return void response.end(jwks);
    if (request.url === '/.well-known/openid-configuration') {
      return void response.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/jwks` }));
    }
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const url = `http://127.0.0.1:${address.port}`;
  // A test that forgets to stop it can still end.
  server.unref();

  const tokens = new Map<string, Promise<string>>();
  const sign = (caller: TestCaller, claims: Record<string, unknown>): Promise<string> =>
    new SignJWT({
      iss: url,
      aud: TEST_AUDIENCE,
      sub: caller.subject,
      roles: caller.roles,
      municipality_id: caller.municipalityId,
      expert_id: caller.expertId,
      exp: FAR_FUTURE,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: KEY_ID, typ: 'at+jwt' })
      .sign(privateKey);
  return {
    url,
    token: (caller, claims) => {
      if (claims) return sign(caller, claims);
      const key = JSON.stringify(caller);
      const known = tokens.get(key) ?? sign(caller, {});
      tokens.set(key, known);
      return known;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
