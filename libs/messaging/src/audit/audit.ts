import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '#database';
import { Clock, HealthRegistry } from '#platform';
import { AUDIT_CHAIN } from './audit-chain';
import { Messaging } from '../messaging';
import { Recurring } from '../recurring/recurring';
import { AuditConfig } from './audit-config';
import type { AuditSubject } from './audit-subject';
import { AuditWatch } from './audit-watch';
import { Checkpoints } from './checkpoints';

/** The audit trail, which every service has. */
export const AUDIT_TRAIL: AuditSubject = { chain: AUDIT_CHAIN, record: 'audit record' };

/**
 * What a service has under audit: its trail, and the chains that its features add before it starts. Signs a checkpoint a day, brings
 * it outside, verifies everything once a day, and says what it found.
 */
@Injectable()
export class Audit implements OnApplicationBootstrap {
  readonly checkpoints: Checkpoints;
  readonly watch: AuditWatch;
  private readonly subjects: AuditSubject[] = [AUDIT_TRAIL];

  constructor(
    database: Database,
    private readonly config: AuditConfig,
    messaging: Messaging,
    clock: Clock,
    private readonly health: HealthRegistry,
  ) {
    const { subjects } = this;
    this.checkpoints = new Checkpoints(database.service, database, { subjects, config, clock });
    const leads = () => messaging.relay.leads;
    this.watch = new AuditWatch(database, { subjects, checkpoints: this.checkpoints, config, clock, leads });
  }

  /** Before the service starts: another chain, with what it vouches for. */
  add(subject: AuditSubject): void {
    this.subjects.push(subject);
  }

  onApplicationBootstrap(): void {
    this.watch.report(this.health);
  }

  @Recurring<Audit>({ name: 'watch the audit trail', intervalMs: ({ config }) => config.watchMs })
  async keepWatch(stopping: AbortSignal): Promise<void> {
    await this.watch.keepWatch(stopping);
  }
}
