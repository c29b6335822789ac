import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Provider } from 'oidc-provider';
import { endWithSentence } from '#platform/settings';
import { demoUser } from './demo-users';
import { newProviderKeys } from './keys';
import { loginPage } from './login-page';
import { languageOf, PAGE_POLICY } from './page';
import { createProvider } from './provider';
import { loadSettings, readKeys } from './settings';

const BEAT_MS = 1_000;

/** Starts the demo identity provider; it ends with SIGTERM or when the stack that started it is gone. */
async function main(): Promise<void> {
  const settings = loadSettings();
  const keys = settings.OIDC_KEYS_FILE ? readKeys(settings.OIDC_KEYS_FILE) : await newProviderKeys();
  const provider = createProvider(settings, keys);
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (request.url === '/health/ready') return void response.end('{"status":"up"}');
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    void signIn(provider, request, response).catch((error: unknown) => {
      // Most often a page that was left open until its sign-in had expired.
      console.error(error);
      if (!response.headersSent) response.writeHead(400).end('This sign-in has expired. Please begin again.');
    });
  });
  server.listen(settings.OIDC_PORT, settings.HOST, () => {
    console.log(`Demo identity provider for ${settings.OIDC_ISSUER} listens on ${settings.HOST}:${settings.OIDC_PORT}`);
  });
  const stop = (): void => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  if (process.channel) {
    process.once('disconnect', stop);
    beatHeart();
  }
}

/** Tells the stack that started this process that it is not deaf; the platform's own processes do the same. */
function beatHeart(): void {
  // A stack that is gone is told by the closed channel; a beat that no longer reaches it is no fault.
  const beat = () => process.connected && process.send?.({ isAlive: true }, undefined, {}, () => undefined);
  beat();
  setInterval(beat, BEAT_MS).unref();
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
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: username } },
    { mergeWithLastSubmission: false },
  );
}

main().catch(endWithSentence);
