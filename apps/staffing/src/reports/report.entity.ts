import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { ReportKind, ReportStatus, ReportView } from '#contracts/staffing';
import { AuditFields } from '#database';

/** Acceptance needs a comment: both sides steer the assignment together. A faulty report may go back without one. */
const NEXT: Record<ReportStatus, readonly ReportStatus[]> = {
  DRAFT: ['SUBMITTED'],
  SUBMITTED: ['COMMENTED', 'RETURNED'],
  COMMENTED: ['COMMENTED', 'ACCEPTED', 'RETURNED'],
  RETURNED: ['SUBMITTED'],
  ACCEPTED: [],
};

/**
 * Start, progress or final report of an assignment (docs/domain.md#reports), made when the expert departs. Refuses every change
 * after acceptance, as the database does; instalments may wait for it.
 */
@AuditFields<Report>({ open: ['kind', 'status', 'submittedBy', 'acceptedBy'] })
@Entity({ name: 'report' })
export class Report {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') assignmentId!: string;
  @Column('text') kind!: ReportKind;
  @Column('int') sequence!: number;
  @Column('date') dueOn!: string;
  @Column('text') status!: ReportStatus;
  @Column('jsonb') sections!: ReportView['sections'];
  @Column('jsonb') attachments!: ReportView['attachments'];
  @Column('text', { nullable: true }) returnReason!: string | null;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;
  @Column('text', { nullable: true }) submittedBy!: string | null;
  @Column('date', { nullable: true }) acceptedOn!: string | null;
  @Column('text', { nullable: true }) acceptedBy!: string | null;

  submit(submission: {
    sections: ReportView['sections'];
    attachments: ReportView['attachments'];
    by: string;
    at: Date;
  }): void {
    this.moveTo('SUBMITTED');
    this.sections = submission.sections;
    this.attachments = submission.attachments;
    this.submittedBy = submission.by;
    this.submittedAt = submission.at;
    this.returnReason = null;
  }

  comment(): void {
    this.moveTo('COMMENTED');
  }

  accept(by: string, on: string): void {
    this.moveTo('ACCEPTED');
    this.acceptedBy = by;
    this.acceptedOn = on;
  }

  return(reason: string): void {
    this.moveTo('RETURNED');
    this.returnReason = reason;
  }

  assertCanBecome(next: ReportStatus): void {
    if (NEXT[this.status].includes(next)) return;
    throw new AppError('STAFFING_REPORT_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }

  private moveTo(next: ReportStatus): void {
    this.assertCanBecome(next);
    this.status = next;
  }
}
