import { ROLES, SERVICES } from '#contracts';
import { DEMO_ROLES, DEMO_USERS } from '../identity-provider/demo-users';
import { opsPortOffset, SERVICE_NAMES } from './service-names';

describe('what the stack states for itself', () => {
  it('runs every service, each on a health port of its own', () => {
    expect([...SERVICE_NAMES].sort()).toEqual([...SERVICES].sort());
    expect(new Set(SERVICE_NAMES.map(opsPortOffset)).size).toBe(SERVICES.length);
  });

  it('has a demo user for every role, named like it', () => {
    expect([...DEMO_ROLES].sort()).toEqual([...ROLES].sort());
    for (const role of ROLES) expect(DEMO_USERS.find((user) => user.username === role)?.roles).toEqual([role]);
  });
});
