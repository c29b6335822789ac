import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { type AssignmentSummary, type AssignmentView, getAssignment, listAssignments } from '#contracts/staffing';
import { Database, entityColumns, Filters, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { sortColumns } from '../sort-columns';
import { ASSIGNMENT_OWNERSHIP } from './assignment.act';
import { Assignment } from './assignment.entity';
import { candidateFor } from './candidate.reader';
import {
  type AssignmentListRow,
  type AssignmentRow,
  assignmentSummary,
  assignmentView,
  LONG_COLUMNS,
} from './assignment.messages';

const SORTABLE = {
  createdAt: { column: 'assignment.created_at', type: 'timestamptz' },
  startsOn: { column: 'assignment.period_from', type: 'date' },
} as const;

@Injectable()
export class AssignmentReader {
  constructor(private readonly database: Database) {}

  @Handle(getAssignment)
  async get({ assignmentId }: RequestOf<typeof getAssignment>, call: Call): Promise<AssignmentView> {
    const parameters: unknown[] = [assignmentId];
    const where = ['assignment.id = $1', ...visibleTo(call, ASSIGNMENT_OWNERSHIP, parameters)];
    const [row] = await this.database.query<AssignmentRow>(
      `${this.select()} WHERE (${where.join(') AND (')})`,
      parameters,
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return assignmentView(row, call, await candidateFor(this.database, row, call));
  }

  @Handle(listAssignments)
  async list(request: RequestOf<typeof listAssignments>, call: Call): Promise<Page<AssignmentSummary>> {
    const { limit, cursor, sort, ...filter } = request;
    const filters = new Filters()
      .add('assignment.case_number = ?', filter.caseNumber)
      .add('assignment.status = ANY (?)', filter.status)
      .add('assignment.expert_id = ?', filter.expertId)
      .add('assignment.expert_request_id = ?', filter.expertRequestId)
      .add('assignment.partnership_ids @> ARRAY[?::uuid]', filter.partnershipId)
      .add('assignment.period_from >= ?', filter.startsOnFrom)
      .add('assignment.period_from < ?', filter.startsOnTo)
      .add(`(assignment.partner_decision IS NOT DISTINCT FROM 'ACCEPTED') = ?`, filter.isPartnerAccepted);
    return this.database.page<AssignmentListRow, AssignmentSummary>({
      select: `SELECT ${entityColumns(this.database, Assignment, 'assignment', LONG_COLUMNS)} FROM assignment`,
      where: [...filters.conditions, ...visibleTo(call, ASSIGNMENT_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: sortColumns(SORTABLE, sort ?? ['-createdAt']),
      idColumn: 'assignment.id',
      limit,
      cursor,
      filterHash: { list: 'assignments', ...filter, visible: filters.parameters },
      items: (rows) => rows.map((row) => assignmentSummary(row)),
    });
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, Assignment, 'assignment')} FROM assignment`;
  }
}
