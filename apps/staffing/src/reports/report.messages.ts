import assert from 'node:assert/strict';
import { type OutgoingMessage, reportAccepted, type ReportView } from '#contracts';
import type { Columns } from '#database';
import type { Report } from './report.entity';

export type ReportRow = Columns<Report> & { comments: ReportView['comments'] };

export function reportView(row: ReportRow): ReportView {
  return {
    id: row.id,
    version: row.version,
    assignmentId: row.assignmentId,
    kind: row.kind,
    sequence: row.sequence,
    dueOn: row.dueOn,
    status: row.status,
    sections: row.sections,
    attachments: row.attachments,
    comments: row.comments.map((comment) => ({
      ...comment,
      commentedAt: new Date(comment.commentedAt).toISOString(),
    })),
    returnReason: row.returnReason,
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
