import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import type { Side } from '#contracts/partnership';
import { acceptReport, commentReport, type ReportView, returnReport, submitReport } from '#contracts/staffing';
import type { Tx } from '#database';
import type { Act } from '#messaging';
import { Clock, newId } from '#platform';
import { act } from './report.act';
import type { Report } from './report.entity';
import { acceptedMessage } from './report.messages';
import { ReportReader } from './report.reader';

/** Reports from submission by the expert to acceptance by the officer. */
@Injectable()
export class ReportService {
  constructor(
    private readonly clock: Clock,
    private readonly reader: ReportReader,
  ) {}

  @act(submitReport, { possible: (report) => report.assertCanBecome('SUBMITTED') })
  submit(report: Report, { sections, attachments }: RequestOf<typeof submitReport>, { call }: Act): void {
    report.submit({ sections, attachments, by: call.caller.subject, at: this.clock.now() });
  }

  @act(commentReport, { possible: (report) => report.assertCanBecome('COMMENTED') })
  async comment(report: Report, { text }: RequestOf<typeof commentReport>, { tx, call }: Act): Promise<void> {
    report.comment();
    const { municipalityId, subject } = call.caller;
    assert(municipalityId, 'a municipality user without municipality passed the scope');
    const side = await sideOf(tx, report.assignmentId, municipalityId);
    await tx.execute(
      `INSERT INTO report_comment (id, report_id, municipality_id, side, text, commented_by, commented_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), report.id, municipalityId, side, text, subject, this.clock.now()],
    );
  }

  @act(acceptReport, { possible: (report) => report.assertCanBecome('ACCEPTED'), message: acceptedMessage })
  accept(report: Report, _: RequestOf<typeof acceptReport>, { call }: Act): void {
    report.accept(call.caller.subject, this.clock.today());
  }

  @act(returnReport, { possible: (report) => report.assertCanBecome('RETURNED') })
  return(report: Report, { reason }: RequestOf<typeof returnReport>): void {
    report.return(reason);
  }

  view({ id }: Report, { tx }: Act): Promise<ReportView> {
    return this.reader.within(tx, id);
  }
}

async function sideOf(tx: Tx, assignmentId: string, municipalityId: string): Promise<Side> {
  const [participant] = await tx.query<{ side: Side }>(
    `SELECT participant.side FROM assignment JOIN partnership_participant_copy participant
       ON participant.partnership_id = ANY (assignment.partnership_ids)
     WHERE assignment.id = $1 AND participant.municipality_id = $2 LIMIT 1`,
    [assignmentId, municipalityId],
  );
  assert(participant, 'a municipality that does not take part passed the scope');
  return participant.side;
}
