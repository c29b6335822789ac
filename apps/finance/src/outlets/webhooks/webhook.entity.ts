import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { WebhookDisabledReason, WebhookStatus } from '#contracts/finance';
import { AuditFields } from '#database';

/** An address outside that gets the payout messages. Disabled it keeps its place in the feed and goes on from there later. */
@AuditFields<Webhook>({ open: ['subjects', 'status', 'disabledReason', 'createdBy'] })
@Entity({ name: 'webhook' })
export class Webhook {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') name!: string;
  @Column('text') url!: string;
  @Column('text', { array: true }) subjects!: string[];
  @Column('text') status!: WebhookStatus;
  @Column('text', { nullable: true }) disabledReason!: WebhookDisabledReason | null;
  @Column('timestamptz') createdAt!: Date;
  /** Who alone sees it with the scope `own`; null: made before that was kept. */
  @Column('text', { nullable: true }) createdBy!: string | null;

  disable(reason: WebhookDisabledReason): void {
    this.assertStatus('ACTIVE');
    this.status = 'DISABLED';
    this.disabledReason = reason;
  }

  activate(): void {
    this.assertStatus('DISABLED');
    this.status = 'ACTIVE';
    this.disabledReason = null;
  }

  assertStatus(status: WebhookStatus): void {
    if (this.status !== status) throw new AppError('FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED', { status: this.status });
  }
}
