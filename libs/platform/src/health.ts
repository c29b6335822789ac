import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { boundedText, type HealthCheckView } from '#contracts';

/** Answers `undefined` when well, else what is wrong in a few words. */
export type HealthCheck = () => Promise<string | undefined>;

const status = z.enum(['up', 'down']);
/** What a process answers about itself; read by this schema, because it comes from another one. */
export const healthReportSchema = z.object({
  /** `degraded`: the process serves, and something needs people. */
  status: z.enum(['up', 'degraded', 'down']),
  checks: z.record(z.string(), z.object({ status, detail: z.string().optional() })),
});
export interface HealthReport extends z.infer<typeof healthReportSchema> {
  /** Of those that this process calls, where it looks after them. */
  services?: Record<string, HealthReport>;
}

const CHECK_TIMEOUT_MS = 2000;
const DETAIL_MAX = 500;

/** The checks of a report as people are shown them. */
export function shownChecks({ checks }: HealthReport): HealthCheckView[] {
  return Object.entries(checks).map(([name, { status, detail }]) => ({
    name,
    isWell: status === 'up',
    detail: detail === undefined ? null : boundedText(detail, DETAIL_MAX),
  }));
}

/** What must work before this process may get traffic; each library registers its own check. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();
  private readonly observed = new Map<string, () => Promise<HealthReport>>();
  private readonly findings = new Set<string>();

  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  /** A check whose fault people must look at, while the process goes on taking traffic: ending it would make nothing better. */
  registerFinding(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
    this.findings.add(name);
  }

  /** Another's health, told beside one's own: work for it fails while it is away, but this process goes on. */
  observe(name: string, ask: () => Promise<HealthReport>): void {
    this.observed.set(name, ask);
  }

  async report(): Promise<HealthReport> {
    const [entries, services] = await Promise.all([
      Promise.all([...this.checks].map(async ([name, check]) => [name, await outcome(check)] as const)),
      Promise.all([...this.observed].map(async ([name, ask]) => [name, await ask()] as const)),
    ]);
    const faulty = entries.filter(([, check]) => check.status === 'down').map(([name]) => name);
    const isDown = faulty.some((name) => !this.findings.has(name));
    return {
      status: isDown ? 'down' : faulty.length > 0 ? 'degraded' : 'up',
      checks: Object.fromEntries(entries),
      ...(services.length > 0 && { services: Object.fromEntries(services) }),
    };
  }
}

async function outcome(check: HealthCheck): Promise<{ status: 'up' | 'down'; detail?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve('no answer in time');
    }, CHECK_TIMEOUT_MS);
  });
  try {
    const fault = await Promise.race([check(), timeout]);
    return fault === undefined ? { status: 'up' } : { status: 'down', detail: fault };
  } catch (error) {
    return { status: 'down', detail: error instanceof Error ? error.name : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
