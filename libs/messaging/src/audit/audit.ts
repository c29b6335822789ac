import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '#database';
import { Clock, HealthRegistry } from '#platform';
import { Messaging } from '../messaging';
import { Recurring } from '../background/recurring';
import { AuditConfig } from './audit-config';
import { AUDIT_TRAIL } from './audit-chain';
import type { AuditSubject } from './audit-subject';
import { AuditWatch } from './audit-watch';
import { Checkpoints } from './checkpoints';
import { appendSeals, SEALED_AT_ONCE } from './sealing';

const SEAL_EVERY_MS = 1000;

/**
 * What a service has under audit: its trail, and the chains that its features add before it starts. Seals what was committed within
 * seconds, signs a checkpoint a day, brings it outside, verifies everything once a day, and says what it found.
 */
@Injectable()
export class Audit implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Audit.name);
  readonly checkpoints: Checkpoints;
  readonly watch: AuditWatch;
  private readonly subjects: AuditSubject[] = [AUDIT_TRAIL];

  constructor(
    private readonly database: Database,
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

  /** Appends to every chain what is committed and not in it yet. */
  @Recurring({ name: 'seal the chains', intervalMs: SEAL_EVERY_MS })
  async seal(): Promise<void> {
    for (const { chain } of this.subjects) {
      let sealed: number;
      do sealed = await this.database.transaction((tx) => appendSeals(tx, chain, this.database.service));
      while (sealed === SEALED_AT_ONCE);
    }
  }

  /** What stays out of the chain while the service is down looks as if it had been kept out of it. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.seal().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'the last records are not sealed; the next start seals them');
    });
  }

  @Recurring<Audit>({ name: 'watch the audit trail', intervalMs: ({ config }) => config.watchMs })
  async keepWatch(stopping: AbortSignal): Promise<void> {
    await this.watch.keepWatch(stopping);
  }
}
