import { ROLES, SERVICES } from '#contracts';
import { oidcVariables } from '#platform';
import { DEMO_ROLES, DEMO_USERS } from '../identity-provider/demo-users';
import { OWN_PROVIDER_SETTINGS } from './environment';
import { opsPortOffset, SERVICE_NAMES } from './service-names';

describe('what the stack states for itself', () => {
  it('runs every service, each on a health port of its own', () => {
    expect([...SERVICE_NAMES].sort()).toEqual([...SERVICES].sort());
    expect(new Set(SERVICE_NAMES.map(opsPortOffset)).size).toBe(SERVICES.length);
  });

  it('hands every setting for a provider of one’s own to the processes', () => {
    const others = ['OIDC_ISSUER', 'OIDC_JWKS_URL', 'OIDC_LOOPBACK_JWKS_URL', 'OIDC_AUDIENCE'];
    expect([...OWN_PROVIDER_SETTINGS, ...others].sort()).toEqual(Object.keys(oidcVariables).sort());
  });

  it('has a demo user for every role, named like it', () => {
    expect([...DEMO_ROLES].sort()).toEqual([...ROLES].sort());
    for (const role of ROLES) expect(DEMO_USERS.find((user) => user.username === role)?.roles).toEqual([role]);
  });
});
