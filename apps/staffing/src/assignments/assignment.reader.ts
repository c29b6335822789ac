import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { type AssignmentSummary, type AssignmentView, getAssignment, listAssignments } from '#contracts/staffing';
import { Database, entityColumns, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { sortColumns } from '../sort-columns';
import { ASSIGNMENT_OWNERSHIP } from './assignment.act';
import { Assignment } from './assignment.entity';
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
    return assignmentView(row, call);
  }

  @Handle(listAssignments)
  async list(request: RequestOf<typeof listAssignments>, call: Call): Promise<Page<AssignmentSummary>> {
    const { limit, cursor, sort, ...filters } = request;
    const parameters: unknown[] = [];
    const where = visibleTo(call, ASSIGNMENT_OWNERSHIP, parameters);
    const add = (value: unknown, condition: (placeholder: string) => string): void => {
      if (value !== undefined) where.push(condition(`$${parameters.push(value)}`));
    };
    add(filters.status, (status) => `assignment.status = ANY (${status})`);
    add(filters.expertId, (id) => `assignment.expert_id = ${id}`);
    add(filters.expertRequestId, (id) => `assignment.expert_request_id = ${id}`);
    add(filters.partnershipId, (id) => `assignment.partnership_ids @> ARRAY[${id}::uuid]`);
    add(filters.startsOnFrom, (day) => `assignment.period_from >= ${day}`);
    add(filters.startsOnTo, (day) => `assignment.period_from < ${day}`);
    return this.database.page<AssignmentListRow, AssignmentSummary>({
      select: `SELECT ${entityColumns(this.database, Assignment, 'assignment', LONG_COLUMNS)} FROM assignment`,
      where,
      parameters,
      sort: sortColumns(SORTABLE, sort ?? ['-createdAt']),
      idColumn: 'assignment.id',
      limit,
      cursor,
      filterHash: { list: 'assignments', ...filters, visible: parameters },
      items: (rows) => rows.map((row) => assignmentSummary(row, call)),
    });
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, Assignment, 'assignment')} FROM assignment`;
  }
}
