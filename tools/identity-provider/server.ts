import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import { demoUser } from './demo-users';
import { asksForConfirmation, CONFIRMED } from './confirmation';
import { loginPage } from './login-page';
import { languageOf, PAGE_POLICY } from './page';

/** The provider over HTTP, with the page on which a visitor picks who to be; not yet listening. */
export function providerServer(provider: Provider): Server {
  const answer = provider.callback();
  return createServer((request, response) => {
    if (request.url === '/health/ready') return void response.end('{"status":"up"}');
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    void signIn(provider, request, response).catch((error: unknown) => {
      // Most often a page that was left open until its sign-in had expired.
      console.error(error);
      if (!response.headersSent) response.writeHead(400).end('This sign-in has expired. Please begin again.');
    });
  });
}

async function signIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    await provider.interactionDetails(request, response);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY });
    response.end(loginPage(request.url ?? '', languageOf(request.headers['accept-language'])));
    return;
  }
  const form = new URLSearchParams(await text(request));
  const username = form.get('username') ?? `${form.get('role')}@${form.get('id')}`;
  if (!demoUser(username)) return void response.writeHead(400).end('unknown user');
  const { params } = await provider.interactionDetails(request, response);
  const login = { accountId: username, ...(asksForConfirmation(params) && { acr: CONFIRMED }) };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}
