import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { TestCaller } from './test-caller';

/** An identity provider reduced to its keys: what verifies tokens cannot tell it from a real one. */
export interface TestIssuer {
  readonly url: string;
  /** An access token (RFC 9068) for this caller. `claims` replace or remove (undefined) what would stand there, to forge a bad one. */
  token(caller: TestCaller, claims?: Record<string, unknown>): Promise<string>;
  /** How often the keys were asked for. */
  readonly keyRequests: number;
  /** Publishes a new key in the place of the old one; tokens that were signed before are then by a withdrawn key. */
  replaceKey(): Promise<void>;
  /** Answers 503 to everything from now on, or no longer. */
  setAway(isAway: boolean): void;
  stop(): Promise<void>;
}

export const TEST_AUDIENCE = 'fachkraeftefonds-api';
// Tests set the clock to any day of the programme; a token is valid on all of them.
const LONG_AGO = Date.UTC(2020, 0, 1) / 1000;
const FAR_FUTURE = Date.UTC(2100, 0, 1) / 1000;
/** What a process of a test has to be told, to take such tokens. */
export const TEST_TOKEN_LIFE_MINUTES = String((FAR_FUTURE - LONG_AGO) / 60);

/** `tokenMinutes` makes its tokens valid from now on for so long, as a real provider's are. */
export async function startTestIssuer({ tokenMinutes }: { tokenMinutes?: number } = {}): Promise<TestIssuer> {
  let key = await newKey();
  let [keyRequests, isAway] = [0, false];
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/jwks') keyRequests += 1;
    if (isAway) return void response.writeHead(503).end();
    if (request.url === '/jwks') return void response.end(JSON.stringify({ keys: [key.published] }));
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
  const sign = (caller: TestCaller, claims: Record<string, unknown>): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: url,
      aud: TEST_AUDIENCE,
      sub: caller.subject,
      roles: caller.roles,
      municipality_id: caller.municipalityId,
      ...(caller.verifiedEmail !== undefined && { email: caller.verifiedEmail, email_verified: true }),
      expert_id: caller.expertId,
      ...(tokenMinutes ? { iat: now, exp: now + tokenMinutes * 60 } : { iat: LONG_AGO, exp: FAR_FUTURE }),
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: key.published.kid, typ: 'at+jwt' })
      .sign(key.privateKey);
  };
  return {
    url,
    get keyRequests() {
      return keyRequests;
    },
    replaceKey: async () => {
      key = await newKey();
      tokens.clear();
    },
    setAway: (away) => {
      isAway = away;
    },
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

async function newKey() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const published = { ...(await exportJWK(publicKey)), kid: randomUUID(), alg: 'ES256', use: 'sig' };
  return { privateKey, published };
}
