import { listReportActions } from '#contracts/staffing';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { ASSIGNMENT_BONDS } from '../participants.rows';
import { Report } from './report.entity';

/** A report belongs to those whose assignment it is. */
export const REPORT_OWNERSHIP: Ownership = {
  from: 'report JOIN assignment ON assignment.id = report.assignment_id',
  id: 'report.id',
  bonds: ASSIGNMENT_BONDS,
};

export const act = actsOn({ entity: Report, ownership: REPORT_OWNERSHIP, actions: listReportActions });
