import { Injectable } from '@nestjs/common';
import type { ServiceName, ServiceView } from '#contracts';
import { Database } from '#database';
import { Clock, HealthRegistry, shownChecks } from '#platform';
import { auditStanding } from '../audit/audit-standing';
import { RecurringTasks } from '../background/recurring';
import { Messaging } from '../messaging';
import { readBacklog } from '../metrics';

type Queue = ServiceView['queues'][number];

/** How the service stands, for people: read when somebody asks, kept nowhere. */
@Injectable()
export class ServiceStanding {
  private readonly queues: (() => Promise<Queue>)[] = [];

  constructor(
    private readonly database: Database,
    private readonly messaging: Messaging,
    private readonly tasks: RecurringTasks,
    private readonly health: HealthRegistry,
    private readonly clock: Clock,
  ) {}

  /** Before the service starts: what else waits to leave it. */
  addQueue(read: () => Promise<Queue>): void {
    this.queues.push(read);
  }

  async view(service: ServiceName): Promise<ServiceView> {
    // Not among the requests that wait for a connection: a service that is too busy for them must still be able to say so.
    const { reserved } = this.database;
    const [health, backlog, audit, consumers, queues] = await Promise.all([
      this.health.report(),
      readBacklog(reserved),
      auditStanding(reserved, this.clock.now()),
      this.messaging.standing(),
      Promise.all(this.queues.map((read) => read())),
    ]);
    const { deadLetters, unpublished, oldestSeconds, unreceived, failed } = backlog;
    return {
      service,
      status: health.status,
      checks: shownChecks(health),
      outbox: { unpublished, oldestSeconds: Math.max(0, oldestSeconds), unreceived, failed },
      consumers,
      queues: queues.map((queue) => ({ ...queue, oldestSeconds: Math.max(0, queue.oldestSeconds) })),
      deadLetters,
      tasks: this.tasks.standing(),
      audit,
    };
  }
}
