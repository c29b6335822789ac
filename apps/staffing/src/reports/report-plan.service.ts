import { Injectable } from '@nestjs/common';
import type { ReportCancellation } from '#contracts/staffing';
import type { Tx } from '#database';
import { newId } from '#platform';
import { readRules } from '#rules';
import { reportChanges } from './report-changes';
import { REPORT_RULES } from './report-rules';
import { type DueReport, reportSchedule, type TimeOfService } from './report-schedule';
import { Report } from './report.entity';

interface Assignment extends TimeOfService {
  readonly assignmentId: string;
}

/** Keeps the reports of an assignment in line with its time of service, in the transaction of the act that changes it. */
@Injectable()
export class ReportPlanService {
  /** The empty reports, made at departure. */
  async plan(tx: Tx, assignment: Assignment): Promise<void> {
    await this.add(tx, assignment.assignmentId, { due: await scheduleOf(tx, assignment), after: 0 });
  }

  /** Adds, moves and cancels what the act makes due, due on another day or no longer due. */
  async follow(tx: Tx, assignment: Assignment, act: ReportCancellation): Promise<void> {
    const { assignmentId } = assignment;
    const known = await tx.select(Report, 'WHERE assignment_id = $1 ORDER BY sequence FOR UPDATE', [assignmentId]);
    const changes = reportChanges(known, await scheduleOf(tx, assignment));
    for (const { report, dueOn } of changes.move) report.dueOn = dueOn;
    for (const report of changes.cancel) report.cancel(act);
    for (const { report, dueOn } of changes.reopen) report.reopen(dueOn);
    for (const report of changes.becomeProgress) report.kind = 'PROGRESS';
    const changed = [...changes.move, ...changes.reopen].map(({ report }) => report);
    for (const report of [...changes.becomeProgress, ...changes.cancel, ...changed]) await tx.update(report);
    await this.add(tx, assignmentId, { due: changes.add, after: known.at(-1)?.sequence ?? 0 });
  }

  /** The reports that are still to be accepted, for people: kind, day and state. */
  async open(tx: Tx, assignmentId: string): Promise<string[]> {
    const reports = await tx.select(
      Report,
      `WHERE assignment_id = $1 AND status NOT IN ('ACCEPTED', 'CANCELLED') ORDER BY due_on, sequence`,
      [assignmentId],
    );
    return reports.map(({ kind, dueOn, status }) => `${kind} ${dueOn} ${status}`);
  }

  private async add(
    tx: Tx,
    assignmentId: string,
    { due, after }: { due: readonly DueReport[]; after: number },
  ): Promise<void> {
    await tx.insertAll(
      due.map((report, index) => Report.due({ id: newId(), assignmentId, ...report, sequence: after + index + 1 })),
    );
  }
}

/** The rule is the one in force on the day of the departure. */
async function scheduleOf(tx: Tx, assignment: Assignment): Promise<DueReport[]> {
  const rules = (await readRules(tx, REPORT_RULES)).inForceOn(assignment.departedOn);
  return reportSchedule(
    { startAfterMonths: rules.value('start-report-after'), progressEveryMonths: rules.value('progress-report-every') },
    assignment,
  );
}
