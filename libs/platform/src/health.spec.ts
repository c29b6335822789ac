import { HealthRegistry } from './health';

const well = () => Promise.resolve(undefined);
const faulty = () => Promise.resolve('a record was changed');

describe('the health of a process', () => {
  it('is down with one fault of what it stands on', async () => {
    const health = new HealthRegistry();
    health.register('database', faulty);
    health.registerFinding('audit', well);
    expect((await health.report()).status).toBe('down');
  });

  it('is degraded, not down, by a finding for people: it says so and goes on taking traffic', async () => {
    const health = new HealthRegistry();
    health.register('database', well);
    health.registerFinding('audit', faulty);
    expect(await health.report()).toEqual({
      status: 'degraded',
      checks: { database: { status: 'up' }, audit: { status: 'down', detail: 'a record was changed' } },
    });
  });
});
