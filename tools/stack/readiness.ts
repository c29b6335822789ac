import { z } from 'zod';

const LIMIT_MS = 2_000;

const report = z.object({
  status: z.string(),
  checks: z.record(z.string(), z.object({ status: z.string(), detail: z.string().optional() })).optional(),
  /** The gateway's word on the services. */
  services: z.record(z.string(), z.string()).optional(),
});
type Report = z.output<typeof report>;

/** Whether the process behind this address, and all that it stands on, is well. */
export async function isReady(url: string): Promise<boolean> {
  const answer = await readiness(url);
  if (!answer || answer.status === 'down') return false;
  // A finding of the audit is for people: what serves has come up.
  return Object.values(answer.services ?? {}).every((service) => service !== 'down');
}

/** What the process says is wrong with it; undefined when it says nothing. */
export async function whyNotReady(url: string): Promise<string | undefined> {
  const answer = await readiness(url);
  if (!answer) return undefined;
  const faults = [
    ...Object.entries(answer.checks ?? {}).map(([name, { status, detail }]) => [name, status, detail] as const),
    ...Object.entries(answer.services ?? {}).map(([name, status]) => [name, status, undefined] as const),
  ].filter(([, status]) => status === 'down');
  return faults.map(([name, , detail]) => `${name} is down${detail ? ` (${detail})` : ''}`).join(', ') || answer.status;
}

/** Whether its messages have waited too long for a broker that it is connected to. */
export async function isKeptWaiting(url: string): Promise<boolean> {
  const checks = (await readiness(url))?.checks;
  return (
    checks?.['outbox']?.status === 'down' && checks['nats']?.status === 'up' && checks['database']?.status === 'up'
  );
}

async function readiness(url: string): Promise<Report | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
    return report.safeParse(await response.json()).data;
  } catch {
    // Not listening, or no answer in time.
    return undefined;
  }
}
