import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SERVICES } from '#contracts';
import { Clock, HealthRegistry, RpcClient } from '#platform';

/** What everybody may know. */
export interface ReadinessSummary {
  /** `degraded`: the gateway works; a service is away and its routes answer 503, or one has a finding that people must look at. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly services: Readonly<Record<string, 'up' | 'degraded' | 'down'>>;
}

/** So often at most are the services asked for strangers, who may ask as often as they like. */
const KEPT_MS = 500;

/** The gateway is ready while it reaches NATS; a service that is away only degrades its own routes. */
@Injectable()
export class Readiness implements OnModuleInit {
  private kept: { summary: Promise<ReadinessSummary>; at: number } | undefined;

  constructor(
    private readonly health: HealthRegistry,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  /** From the start on, so that a service that is away is known before the first request for it. */
  async onModuleInit(): Promise<void> {
    for (const service of SERVICES) this.health.observe(service, () => this.rpc.health(service));
    await Promise.all(SERVICES.map((service) => this.rpc.watch(service)));
  }

  summary(): Promise<ReadinessSummary> {
    const now = this.clock.now().getTime();
    if (!this.kept || Math.abs(now - this.kept.at) > KEPT_MS) this.kept = { summary: this.summarise(), at: now };
    return this.kept.summary;
  }

  private async summarise(): Promise<ReadinessSummary> {
    const { status, services = {} } = await this.health.report();
    const states = Object.entries(services).map(([name, report]) => [name, report.status] as const);
    const isWhole = states.every(([, state]) => state === 'up');
    return {
      status: status === 'down' ? 'down' : isWhole ? 'up' : 'degraded',
      services: Object.fromEntries(states),
    };
  }
}
