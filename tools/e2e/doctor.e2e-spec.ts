import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { startProgram, type StackProcess, startStackProcess } from './stack-process';

let stack: StackProcess;
beforeAll(async () => {
  stack = await startStackProcess();
}, 180_000);
afterAll(() => stack?.stop(), 60_000);

async function doctor(...flags: string[]): Promise<{ code: number | null; said: string }> {
  const child = startProgram('dist/tools/doctor/main.js', stack.environment, flags);
  const [said] = await Promise.all([child.stdout ? text(child.stdout) : '', once(child, 'exit')]);
  return { code: child.exitCode, said };
}

describe('npm run doctor', () => {
  it('looks at everything of a stack that is well, finds nothing, and exits with 0', async () => {
    const { code, said } = await doctor();
    expect(said).toMatch(/Nothing is wrong: 17 checks in [\d.]+ s\. Not looked at: 1\.\n$/);
    expect(said).toContain('certificates, not looked at: no address is encrypted');
    expect(code).toBe(0);
  });

  it('names a service that hangs and a role that was changed, and exits with 1', async () => {
    await stack.ask('finance', `ALTER ROLE svc_events SET work_mem = '1GB'`);
    await stack.unsupervised(async () => {
      const pid = stack.pidOf('events');
      process.kill(pid, 'SIGSTOP');
      try {
        const { code, said } = await doctor('--json');
        const { checks } = JSON.parse(said) as { checks: { check: string; findings: { sentence: string }[] }[] };
        const found = checks.flatMap(({ check, findings }) => findings.map(({ sentence }) => `${check}: ${sentence}`));
        expect(found).toContain('services: events does not answer (no answer within 4 s).');
        expect(found).toContainEqual(expect.stringMatching(/^database roles: svc_events: it has settings of its own/));
        expect(code).toBe(1);
      } finally {
        process.kill(pid, 'SIGCONT');
        await stack.ask('finance', 'ALTER ROLE svc_events RESET ALL');
      }
    });
  });
});
