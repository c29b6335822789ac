import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Database } from '#database';
import { type Clock, dayInBerlin, declareGauge, type HealthRegistry } from '#platform';
import type { AuditConfig } from './audit-config';
import { KEPT_VERIFICATIONS, type KeptVerification, verificationFault } from './audit-standing';
import type { AuditSubject, Finding } from './audit-subject';
import type { CheckpointDocument } from './checkpoint';
import type { Checkpoints } from './checkpoints';
import { verifyService } from './verification';

/** A short rest between two steps: a verification of millions of records takes minutes and nobody waits for it. */
const REST_MS = 10;

/**
 * Has the trail checked: once a day a signed checkpoint leaves the database and everything is verified, by one replica. What is
 * found stands in the health report and the metrics of all replicas and in the log until a later verification finds it well.
 */
export class AuditWatch {
  private readonly logger = new Logger(AuditWatch.name);

  constructor(
    private readonly database: Database,
    private readonly parts: {
      readonly subjects: readonly AuditSubject[];
      readonly checkpoints: Checkpoints;
      readonly config: AuditConfig;
      readonly clock: Clock;
      /** Whether this replica is the one to do it. */
      readonly leads: () => boolean;
    },
  ) {}

  report(health: HealthRegistry): void {
    health.registerFinding('audit', () => this.health());
    exposeFindings(() => this.kept());
  }

  /**
   * What is due: checkpoints, their delivery, and the verification of the day. While the service stops, that ends at its next step;
   * the next start begins it anew.
   */
  async keepWatch(stopping?: AbortSignal): Promise<void> {
    if (!this.parts.leads()) return;
    await this.parts.checkpoints.takeDue();
    await this.keep('delivery', await this.parts.checkpoints.deliver());
    const [last] = (await this.kept()).filter(({ name }) => name === 'verification');
    if (last?.day === this.parts.clock.today()) return;
    try {
      await this.verify(stopping);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
    }
  }

  async verify(stopping?: AbortSignal): Promise<readonly Finding[]> {
    const { subjects, config } = this.parts;
    const startedAt = performance.now();
    const { documents, unread } = await this.readPlaces();
    const report = await verifyService({
      service: this.database.service,
      reader: this.database,
      subjects,
      documents,
      keys: config.keys,
      acceptedFrom: config.acceptedFrom,
      pause: async () => {
        await delay(REST_MS, undefined, { ref: false, ...(stopping && { signal: stopping }) });
      },
    });
    const findings = [...unread, ...report.findings];
    await this.keep('verification', findings);
    for (const { sentence, ...finding } of findings) this.logger.error(finding, sentence);
    const { chains, checkpoints } = report;
    const ms = Math.round(performance.now() - startedAt);
    this.logger.log({ chains, checkpoints, findings: findings.length, ms }, 'the audit trail was verified');
    return findings;
  }

  private async readPlaces(): Promise<{ documents: Map<string, CheckpointDocument[]>; unread: Finding[] }> {
    const documents = new Map<string, CheckpointDocument[]>();
    const unread: Finding[] = [];
    for (const place of this.parts.config.places) {
      if (!place.readAll) continue;
      try {
        documents.set(place.name, await place.readAll(this.database.service));
      } catch (error) {
        const why = error instanceof Error ? error.message : 'failed';
        const sentence = `The checkpoints in the ${place.name} could not be read: ${why}.`;
        unread.push({ check: 'checkpoints', kind: 'place-unreadable', sentence });
      }
    }
    return { documents, unread };
  }

  private async keep(name: string, findings: readonly Finding[]): Promise<void> {
    const now = this.parts.clock.now();
    await this.database.query(
      `INSERT INTO audit_verification AS v (name, day, verified_at, findings) VALUES ($1, $2, $3, $4)
       ON CONFLICT (name) DO UPDATE SET day = excluded.day, verified_at = excluded.verified_at, findings = excluded.findings`,
      [name, dayInBerlin(now), now, JSON.stringify(findings)],
    );
  }

  private kept(): Promise<KeptVerification[]> {
    return this.database.statement<KeptVerification>('audit_verification_kept', KEPT_VERIFICATIONS);
  }

  private async health(): Promise<string | undefined> {
    return verificationFault(await this.kept(), this.parts.clock.now());
  }
}

const findingsGauge = declareGauge({
  name: 'audit_findings',
  help: 'What the last verification of audit trail, journal, amounts and checkpoints found; 0 is well',
  where: 'every service',
});
const verifiedGauge = declareGauge({
  name: 'audit_verified_timestamp_seconds',
  help: 'When everything under audit was verified last; 0 is never',
  where: 'every service',
});

function exposeFindings(read: () => Promise<readonly KeptVerification[]>): void {
  findingsGauge.expose(async (gauge) => {
    gauge.set((await read()).reduce((sum, { findings }) => sum + findings.length, 0));
  });
  verifiedGauge.expose(async (gauge) => {
    const last = (await read()).find(({ name }) => name === 'verification');
    gauge.set(last ? last.verifiedAt.getTime() / 1000 : 0);
  });
}
