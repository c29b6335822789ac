import assert from 'node:assert/strict';
import type { OutgoingMessage } from '#contracts';
import { reportAccepted, type ReportSummary, type ReportView } from '#contracts/staffing';
import type { Columns } from '#database';
import type { Report } from './report.entity';

/** What a list does not show of a report. */
export const LONG_COLUMNS = ['sections', 'attachments', 'returnReason'] as const;
export type ReportListRow = Omit<Columns<Report>, (typeof LONG_COLUMNS)[number]>;

export type ReportRow = Columns<Report> & { comments: ReportView['comments'] };

export function reportView(row: ReportRow): ReportView {
  return {
    ...reportSummary(row),
    sections: row.sections,
    attachments: row.attachments,
    comments: row.comments.map((comment) => ({
      ...comment,
      commentedAt: new Date(comment.commentedAt).toISOString(),
    })),
    returnReason: row.returnReason,
  };
}

export function reportSummary(row: ReportListRow): ReportSummary {
  return {
    id: row.id,
    version: row.version,
    assignmentId: row.assignmentId,
    kind: row.kind,
    sequence: row.sequence,
    dueOn: row.dueOn,
    status: row.status,
    cancellationReason: row.cancellationReason,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    acceptedOn: row.acceptedOn,
  };
}

export function acceptedMessage(report: Report): OutgoingMessage {
  const { id, version, assignmentId, kind, sequence, acceptedOn } = report;
  assert(acceptedOn, 'accepted without a day');
  return reportAccepted.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { reportId: id, assignmentId, kind, sequence, acceptedOn },
  });
}
