import { z } from 'zod';
import { DEMO_CLIENTS, DEMO_USERS, type DemoClient, demoClient, demoUser } from './demo-users';
import { DEMO_GRANT, SCRIPT_CLIENT } from './grant';

export interface DemoTokenRequest {
  readonly issuer: string;
  /** A demo user, or the client id of a machine. */
  readonly username: string;
  readonly expertId?: string;
  readonly municipalityId?: string;
}

const REPLY = z.object({ access_token: z.string(), expires_in: z.number() });

/** An access token of the demo provider; throws a sentence for people when there is no such user or no provider. */
export async function requestDemoToken(
  request: DemoTokenRequest,
): Promise<{ token: string; expiresInSeconds: number }> {
  const { issuer, username } = request;
  const client = demoClient(username);
  if (!client && !demoUser(username))
    throw new Error(`There is no demo user "${username}". There are: ${DEMO_NAMES.join(', ')}`);
  const response = await fetch(`${issuer.replace(/\/$/, '')}/token`, {
    method: 'POST',
    ...(client ? clientCredentials(client) : { body: demoGrant(request) }),
  }).catch((error: unknown) => {
    throw new Error(`The demo identity provider at ${issuer} does not answer. Does "npm start" run?`, { cause: error });
  });
  const reply: unknown = await response.json();
  if (!response.ok) throw new Error(`The identity provider at ${issuer} refused: ${JSON.stringify(reply)}`);
  const { access_token, expires_in } = REPLY.parse(reply);
  return { token: access_token, expiresInSeconds: expires_in };
}

/** Everyone whom a token can be had for. */
export const DEMO_NAMES = [
  ...DEMO_USERS.map(({ username }) => username),
  ...DEMO_CLIENTS.map(({ clientId }) => clientId),
];

function demoGrant({ username, expertId, municipalityId }: DemoTokenRequest): URLSearchParams {
  const body = new URLSearchParams({ grant_type: DEMO_GRANT, client_id: SCRIPT_CLIENT, username });
  if (expertId) body.set('expert_id', expertId);
  if (municipalityId) body.set('municipality_id', municipalityId);
  return body;
}

function clientCredentials({ clientId, clientSecret }: DemoClient): Pick<RequestInit, 'body' | 'headers'> {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return {
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  };
}
