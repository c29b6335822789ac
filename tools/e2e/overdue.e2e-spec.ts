import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#testing';
import { requestDemoToken } from '../identity-provider/demo-token';
import { type StackProcess, startStackProcess } from './stack-process';

/** How often it is stopped at another moment; `OVERDUE_TRIES` asks for more (`npm run test:property`). */
const TRIES = Number(process.env.OVERDUE_TRIES ?? 6);
const WRITES = 6;

interface Outcome {
  readonly status: number;
  readonly code: string;
}

describe('a service that is stopped in the middle of its work', () => {
  let stack: StackProcess;
  let token: string;

  beforeAll(async () => {
    stack = await startStackProcess();
    ({ token } = await requestDemoToken({ issuer: stack.issuer, username: 'adviser' }));
  }, 120_000);
  afterAll(() => stack.stop(), 60_000);

  const refresh = async () => {
    ({ token } = await requestDemoToken({ issuer: stack.issuer, username: 'adviser' }));
  };
  const write = async (official: string): Promise<Outcome> => {
    const response = await fetch(`${stack.url}/v1/municipalities`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({
        side: 'PARTNER',
        names: { official },
        country: 'TZ',
        kind: 'MUNICIPALITY',
        duplicateReason: 'a test of its own',
        identifiers: [],
      }),
    });
    const { code = '' } = (await response.json()) as { code?: string };
    return { status: response.status, code };
  };
  const carriedOut = async (prefix: string): Promise<number> => {
    const rows = await stack.ask('partnership', 'SELECT FROM municipality WHERE name LIKE $1', [`${prefix}%`]);
    return rows.length;
  };

  it(`carries nothing out after the 504, in ${TRIES} tries`, async () => {
    let unknown = 0;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      await refresh();
      const prefix = `Late ${randomUUID()}`;
      await eventually(async () => expect((await write(`Before ${prefix.slice(5)}`)).status).toBe(201), 30_000);
      const { outcomes, before } = await stack.unsupervised(() => stopAmidWrites(prefix));
      unknown += outcomes.filter(({ status }) => status === 504).length;
      // It works again, so whatever it had in hand is done or dropped.
      await eventually(async () => expect((await write(`After ${prefix.slice(5)}`)).status).toBe(201), 30_000);
      await eventually(async () => expect(await openTransactions()).toBe(0));
      expect({ attempt, count: await carriedOut(prefix) }).toEqual({ attempt, count: before });
    }
    expect(unknown).toBeGreaterThan(TRIES);
  }, 400_000);

  const stopAmidWrites = async (prefix: string) => {
    const pid = stack.pidOf('partnership');
    const writes = Array.from({ length: WRITES }, (_, index) => write(`${prefix} ${index}`));
    // Somewhere between the first frame and the last commit.
    await delay(Math.random() * 40);
    process.kill(pid, 'SIGSTOP');
    try {
      const more = Array.from({ length: WRITES }, (_, index) => write(`${prefix} more ${index}`));
      return { outcomes: await Promise.all([...writes, ...more]), before: await carriedOut(prefix) };
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  };

  const openTransactions = async (): Promise<number> => {
    const rows = await stack.ask(
      'partnership',
      `SELECT FROM pg_stat_activity WHERE usename = 'svc_partnership' AND state <> 'idle' AND xact_start IS NOT NULL`,
    );
    return rows.length;
  };

  it('is answered with 503 once its silence is noticed, and is back when it goes on', async () => {
    await refresh();
    await stack.unsupervised(stopUntilNoticed);
    await eventually(async () => expect((await write(`Back ${randomUUID()}`)).status).toBe(201), 30_000);
  });

  const stopUntilNoticed = async (): Promise<void> => {
    const pid = stack.pidOf('partnership');
    process.kill(pid, 'SIGSTOP');
    const stoppedAt = performance.now();
    try {
      await eventually(async () =>
        expect(await write('Away')).toEqual({ status: 503, code: 'PLATFORM_SERVICE_UNAVAILABLE' }),
      );
      const noticed = performance.now() - stoppedAt;
      const response = await fetch(`${stack.url}/health/ready`);
      expect(await response.json()).toMatchObject({ status: 'degraded' });
      console.log(`noticed ${Math.round(noticed)} ms after it was stopped`);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  };
});
