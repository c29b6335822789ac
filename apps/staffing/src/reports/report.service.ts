import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import {
  type acceptReport,
  type commentReport,
  type OutgoingMessage,
  type ReportView,
  type RequestOf,
  type returnReport,
  type Side,
  type submitReport,
} from '#contracts';
import type { Tx } from '#database';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { refuseForeign } from '../object-scope';
import { Report } from './report.entity';
import { acceptedMessage } from './report.messages';
import { FROM, OWNERSHIP, ReportReader } from './report.reader';

interface Step {
  readonly id: string;
  readonly act: (report: Report, tx: Tx) => Promise<void> | void;
  readonly message?: (report: Report) => OutgoingMessage;
}

/** Reports from submission by the expert to acceptance by the officer. */
@Injectable()
export class ReportService {
  constructor(
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly reader: ReportReader,
  ) {}

  submit({ reportId, sections, attachments }: RequestOf<typeof submitReport>, call: Call): Promise<ReportView> {
    return this.run(call, {
      id: reportId,
      act: (report) => {
        report.submit({ sections, attachments, by: call.caller.subject, at: this.clock.now() });
      },
    });
  }

  comment({ reportId, text }: RequestOf<typeof commentReport>, call: Call): Promise<ReportView> {
    return this.run(call, {
      id: reportId,
      act: async (report, tx) => {
        report.comment();
        const { municipalityId, subject } = call.caller;
        assert(municipalityId, 'a municipality user without municipality passed the scope');
        const side = await sideOf(tx, report.assignmentId, municipalityId);
        await tx.execute(
          `INSERT INTO report_comment (id, report_id, municipality_id, side, text, commented_by, commented_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [newId(), reportId, municipalityId, side, text, subject, this.clock.now()],
        );
      },
    });
  }

  accept({ reportId }: RequestOf<typeof acceptReport>, call: Call): Promise<ReportView> {
    return this.run(call, {
      id: reportId,
      act: (report) => {
        report.accept(call.caller.subject, this.clock.today());
      },
      message: acceptedMessage,
    });
  }

  return({ reportId, reason }: RequestOf<typeof returnReport>, call: Call): Promise<ReportView> {
    return this.run(call, {
      id: reportId,
      act: (report) => {
        report.return(reason);
      },
    });
  }

  private run(call: Call, { id, act, message }: Step): Promise<ReportView> {
    return this.commands.run(call, async (tx) => {
      await refuseForeign(tx, call, { ...OWNERSHIP, from: FROM, idColumn: 'report.id', id });
      const report = await tx.lockOrFail(Report, id, call.expectedVersion);
      await act(report, tx);
      await tx.update(report);
      if (message) this.outbox.append(tx, message(report));
      return this.reader.within(tx, id);
    });
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
