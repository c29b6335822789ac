import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { newId } from '#platform';
import { readRules } from '#rules';
import { REPORT_RULES } from './report-rules';
import { type DueReport, type ReportRule, reportSchedule } from './report-schedule';

interface Departed {
  readonly assignmentId: string;
  readonly departedOn: string;
  readonly endsOn: string;
}

/** Makes the empty reports of an assignment when it departs, and tells whether the last one is done. */
@Injectable()
export class ReportPlanService {
  async plan(tx: Tx, assignment: Departed): Promise<void> {
    await addReports(tx, assignment.assignmentId, await scheduleOf(tx, assignment));
  }

  /** A longer term moves the final report that nobody wrote yet to its end and brings further ones before it. */
  async extend(tx: Tx, assignment: Departed): Promise<void> {
    const schedule = await scheduleOf(tx, assignment);
    const final = schedule.find(({ kind }) => kind === 'FINAL');
    const moved = await tx.execute(
      `UPDATE report SET due_on = $2, sequence = $3, version = version + 1
       WHERE assignment_id = $1 AND kind = 'FINAL' AND status = 'DRAFT'`,
      [assignment.assignmentId, final?.dueOn, final?.sequence],
    );
    if (moved === 0) return;
    const further = schedule.filter((it) => it.kind !== 'FINAL');
    await addReports(tx, assignment.assignmentId, further);
  }

  async isFinalAccepted(tx: Tx, assignmentId: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT FROM report WHERE assignment_id = $1 AND kind = 'FINAL' AND status = 'ACCEPTED'`,
      [assignmentId],
    );
    return rows.length > 0;
  }
}

/** The rule is the one in force on the day of the departure. */
async function scheduleOf(tx: Tx, assignment: Departed): Promise<DueReport[]> {
  const rules = (await readRules(tx, REPORT_RULES)).inForceOn(assignment.departedOn);
  const rule: ReportRule = {
    startAfterMonths: rules.value('start-report-after'),
    progressEveryMonths: rules.value('progress-report-every'),
  };
  return reportSchedule(rule, assignment);
}

/** What an assignment has already stays as it is. */
async function addReports(tx: Tx, assignmentId: string, due: readonly DueReport[]): Promise<void> {
  for (const { kind, sequence, dueOn } of due) {
    await tx.execute(
      `INSERT INTO report (id, version, assignment_id, kind, sequence, due_on, status, sections, attachments)
       VALUES ($1, 1, $2, $3, $4, $5, 'DRAFT', '[]', '[]') ON CONFLICT (assignment_id, sequence) DO NOTHING`,
      [newId(), assignmentId, kind, sequence, dueOn],
    );
  }
}
