import { loadSettings } from './settings';

describe('the demo identity provider', () => {
  it.each(['http://127.0.0.1:3001', 'http://localhost:3001', 'http://[::1]:3001'])('speaks for %s', (OIDC_ISSUER) => {
    expect(loadSettings({ OIDC_ISSUER })).toMatchObject({ OIDC_ISSUER });
  });

  it.each(['https://login.example.org', 'http://192.168.1.5:3001', 'http://127.0.0.1.example.org'])(
    'does not speak for %s, a provider of somebody’s own',
    (OIDC_ISSUER) => {
      expect(() => loadSettings({ OIDC_ISSUER })).toThrow(
        `OIDC_ISSUER is ${OIDC_ISSUER}, a provider of your own. The demo identity provider signs in anyone as anyone`,
      );
    },
  );

  it('does not run in production unless somebody says so', () => {
    expect(() => loadSettings({ NODE_ENV: 'production' })).toThrow('does not run with NODE_ENV=production');
    expect(loadSettings({ NODE_ENV: 'production', DEMO_IDENTITY_PROVIDER: 'on' })).toBeDefined();
  });
});
