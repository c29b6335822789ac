import { once } from 'node:events';
import { freePort } from '#testing/embedded';
import { GatewaysUnderTest } from '../../apps/gateway/test/gateway-under-test';
import { newProviderKeys } from '../identity-provider/keys';
import { createProvider } from '../identity-provider/provider';
import { providerServer } from '../identity-provider/server';
import { loadSettings } from '../identity-provider/settings';
import { Browser, formAction } from './browser';

it('in containers the gateway asks the demo provider by another address than browsers, and sends them to theirs', async () => {
  const [outside, inside, PUBLIC_URL] = [await freePort(), await freePort(), `http://127.0.0.1:${await freePort()}`];
  const OIDC_ISSUER = `http://127.0.0.1:${outside}`;
  const settings = loadSettings({ OIDC_ISSUER, WEB_ORIGIN: PUBLIC_URL });
  const provider = providerServer(createProvider(settings, await newProviderKeys())).listen(inside, '127.0.0.1');
  await once(provider, 'listening');
  const OIDC_LOOPBACK_JWKS_URL = `http://127.0.0.1:${inside}/jwks`;
  const gateways = await GatewaysUnderTest.start(1, { OIDC_ISSUER, OIDC_LOOPBACK_JWKS_URL, PUBLIC_URL });
  // Published ports lead the browser to the containers; nothing listens at the outer ones here.
  const ports = new Map([
    [OIDC_ISSUER, `http://127.0.0.1:${inside}`],
    [PUBLIC_URL, `http://127.0.0.1:${gateways.port()}`],
  ]);
  const browser = new Browser((url) => url.replace(/^http:\/\/[^/]+/, (origin) => ports.get(origin) ?? origin));

  const chooser = await browser.open(`${PUBLIC_URL}/auth/sign-in?returnTo=/problems`);
  expect(chooser.url).toContain(`${OIDC_ISSUER}/interaction/`);
  const body = new URLSearchParams({ username: 'cashier' });
  const page = await browser.open(formAction(chooser), { method: 'POST', body });
  expect({ url: page.url, status: page.status }).toEqual({ url: `${PUBLIC_URL}/problems`, status: 200 });
  expect(await (await browser.fetch(`${PUBLIC_URL}/v1/me`)).json()).toMatchObject({
    subject: 'cashier',
    roles: ['cashier'],
  });

  provider.closeAllConnections();
  provider.close();
  await gateways.stop();
});
