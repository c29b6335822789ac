import { z } from 'zod';

const LIMIT_MS = 2_000;

const report = z.object({
  status: z.string(),
  checks: z.record(z.string(), z.object({ status: z.string() })).optional(),
});
type Report = z.output<typeof report>;

/** Whether the process behind this address, and all that it stands on, is well. */
export async function isReady(url: string): Promise<boolean> {
  const answer = await readiness(url);
  return answer?.status === 'up';
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
