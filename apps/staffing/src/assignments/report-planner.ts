import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { newId } from '#platform';
import { type ReportRule, reportSchedule } from './report-schedule';

/** Makes the empty reports of an assignment when it departs, and tells whether the last one is done. */
@Injectable()
export class ReportPlanner {
  async plan(tx: Tx, assignment: { assignmentId: string; departedOn: string; endsOn: string }): Promise<void> {
    const rule = await ruleInForce(tx, assignment.departedOn);
    for (const { kind, sequence, dueOn } of reportSchedule(rule, assignment)) {
      await tx.execute(
        `INSERT INTO report (id, version, assignment_id, kind, sequence, due_on, status, sections, attachments)
         VALUES ($1, 1, $2, $3, $4, $5, 'DRAFT', '[]', '[]')`,
        [newId(), assignment.assignmentId, kind, sequence, dueOn],
      );
    }
  }

  /** A longer term moves the final report that nobody wrote yet to its end and brings further ones before it. */
  async extend(tx: Tx, assignment: { assignmentId: string; departedOn: string; endsOn: string }): Promise<void> {
    const rule = await ruleInForce(tx, assignment.departedOn);
    const schedule = reportSchedule(rule, assignment);
    const final = schedule.find(({ kind }) => kind === 'FINAL');
    const moved = await tx.execute(
      `UPDATE report SET due_on = $2, sequence = $3, version = version + 1
       WHERE assignment_id = $1 AND kind = 'FINAL' AND status = 'DRAFT'`,
      [assignment.assignmentId, final?.dueOn, final?.sequence],
    );
    if (moved === 0) return;
    for (const { kind, sequence, dueOn } of schedule.filter((it) => it.kind !== 'FINAL')) {
      await tx.execute(
        `INSERT INTO report (id, version, assignment_id, kind, sequence, due_on, status, sections, attachments)
         VALUES ($1, 1, $2, $3, $4, $5, 'DRAFT', '[]', '[]') ON CONFLICT (assignment_id, sequence) DO NOTHING`,
        [newId(), assignment.assignmentId, kind, sequence, dueOn],
      );
    }
  }

  async isFinalAccepted(tx: Tx, assignmentId: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT FROM report WHERE assignment_id = $1 AND kind = 'FINAL' AND status = 'ACCEPTED'`,
      [assignmentId],
    );
    return rows.length > 0;
  }
}

async function ruleInForce(tx: Tx, on: string): Promise<ReportRule> {
  const [rule] = await tx.query<ReportRule>(
    `SELECT start_after_months AS "startAfterMonths", progress_every_months AS "progressEveryMonths" FROM report_rule
     WHERE valid_from <= $1::date AND (valid_to IS NULL OR $1::date < valid_to)`,
    [on],
  );
  assert(rule, `no report rule on ${on}`);
  return rule;
}
