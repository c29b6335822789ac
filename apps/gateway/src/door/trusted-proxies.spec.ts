import { gatewayConfigSchema } from '../gateway-config';
import { TrustedProxies } from './trusted-proxies';

describe('TRUSTED_PROXIES', () => {
  it.each(['', '10.0.0.1', '10.0.0.0/8, 2001:db8::/32', 'proxy', 'proxy.example, 10.0.0.1'])(
    '%j is taken',
    (TRUSTED_PROXIES) => {
      expect(gatewayConfigSchema.safeParse({ NODE_ENV: 'test', TRUSTED_PROXIES }).success).toBe(true);
    },
  );

  it.each(['true', '*', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/', '10.0.0', '10.0.0.1/8/8', 'proxy/8', 'a b'])(
    '%j is refused',
    (TRUSTED_PROXIES) => {
      expect(gatewayConfigSchema.safeParse({ NODE_ENV: 'test', TRUSTED_PROXIES }).success).toBe(false);
    },
  );
});

describe('a proxy that is named by its address', () => {
  const proxies = new TrustedProxies(['192.0.2.1', '10.0.0.0/8', '2001:db8::/32']);

  it.each(['192.0.2.1', '::ffff:192.0.2.1', '10.255.0.1', '2001:db8:1::1'])('%s is believed', (address) => {
    expect(proxies.trusts(address)).toBe(true);
  });

  it.each(['192.0.2.2', '11.0.0.1', '::ffff:11.0.0.1', '2001:db9::1', '', 'unknown'])('%j is not', (address) => {
    expect(proxies.trusts(address)).toBe(false);
  });
});

describe('a proxy that is named by its name', () => {
  it('is believed under the address that it has now, and under no earlier one', async () => {
    let addresses = [{ address: '172.18.0.9', family: 4 }];
    const proxies = new TrustedProxies(['proxy'], () => Promise.resolve(addresses));
    expect(proxies.trusts('172.18.0.9')).toBe(false);
    await proxies.refresh();
    expect(proxies.trusts('172.18.0.9')).toBe(true);
    addresses = [
      { address: '172.18.0.12', family: 4 },
      { address: 'fd00::12', family: 6 },
    ];
    await proxies.refresh();
    expect(['172.18.0.9', '172.18.0.12', 'fd00::12'].map(proxies.trusts)).toEqual([false, true, true]);
  });

  it('is nobody when the name is not found, and does not take the others with it', async () => {
    let isThere = true;
    const found = [{ address: '172.18.0.9', family: 4 }];
    const proxies = new TrustedProxies(['gone', '192.0.2.1'], () =>
      isThere ? Promise.resolve(found) : Promise.reject(new Error('ENOTFOUND')),
    );
    await proxies.refresh();
    isThere = false;
    await proxies.refresh();
    expect(proxies.trusts('172.18.0.9')).toBe(false);
    expect(proxies.trusts('192.0.2.1')).toBe(true);
  });
});
