import { endWithSentence } from '#platform/settings';
import { newProviderKeys } from './keys';
import { createProvider } from './provider';
import { providerServer } from './server';
import { loadSettings, readKeys } from './settings';

const BEAT_MS = 1_000;

/** Starts the demo identity provider; it ends with SIGTERM or when the stack that started it is gone. */
async function main(): Promise<void> {
  const settings = loadSettings();
  const keys = settings.OIDC_KEYS_FILE ? readKeys(settings.OIDC_KEYS_FILE) : await newProviderKeys();
  const server = providerServer(createProvider(settings, keys));
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

main().catch(endWithSentence);
