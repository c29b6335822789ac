import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { ReportCancellation, ReportKind, ReportStatus, ReportView } from '#contracts/staffing';
import { AuditFields } from '#database';

/**
 * Acceptance needs a comment: both sides steer the assignment together. A faulty report may go back without one. What nobody wrote yet
 * is cancelled when it is no longer due, and opened again when it is.
 */
const NEXT: Record<ReportStatus, readonly ReportStatus[]> = {
  DRAFT: ['SUBMITTED', 'CANCELLED'],
  SUBMITTED: ['COMMENTED', 'RETURNED'],
  COMMENTED: ['COMMENTED', 'ACCEPTED', 'RETURNED'],
  RETURNED: ['SUBMITTED'],
  ACCEPTED: [],
  CANCELLED: ['DRAFT'],
};

/**
 * Start, progress or final report of an assignment (docs/domain.md#reports), made when the expert departs, and led along when the
 * time of service changes. Refuses every change after acceptance, as the database does; instalments may wait for it.
 */
@AuditFields<Report>({ open: ['kind', 'status', 'submittedBy', 'acceptedBy', 'cancellationReason'] })
@Entity({ name: 'report' })
export class Report {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('uuid') assignmentId!: string;
  @Column('text') kind!: ReportKind;
  @Column('int') sequence!: number;
  @Column('int', { nullable: true }) progressNumber!: number | null;
  @Column('date') dueOn!: string;
  @Column('text') status!: ReportStatus;
  @Column('jsonb') sections!: ReportView['sections'];
  @Column('jsonb') attachments!: ReportView['attachments'];
  @Column('text', { nullable: true }) returnReason!: string | null;
  /** The act on the assignment after which the report is no longer due. */
  @Column('text', { nullable: true }) cancellationReason!: ReportCancellation | null;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;
  @Column('text', { nullable: true }) submittedBy!: string | null;
  @Column('date', { nullable: true }) acceptedOn!: string | null;
  @Column('text', { nullable: true }) acceptedBy!: string | null;

  static due(due: Pick<Report, 'id' | 'assignmentId' | 'kind' | 'progressNumber' | 'dueOn' | 'sequence'>): Report {
    return Object.assign(new Report(), due, {
      version: 1,
      status: 'DRAFT' as const,
      sections: [],
      attachments: [],
      returnReason: null,
      cancellationReason: null,
      submittedAt: null,
      submittedBy: null,
      acceptedOn: null,
      acceptedBy: null,
    });
  }

  cancel(reason: ReportCancellation): void {
    this.moveTo('CANCELLED');
    this.cancellationReason = reason;
  }

  reopen(dueOn: string): void {
    this.moveTo('DRAFT');
    this.dueOn = dueOn;
    this.cancellationReason = null;
  }

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
