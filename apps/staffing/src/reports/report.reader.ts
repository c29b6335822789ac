import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  COMMENTS_SHOWN,
  getReport,
  listAssignmentReports,
  listReports,
  type ReportSummary,
  type ReportView,
} from '#contracts/staffing';
import { Database, entityColumns, type Tx, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { sortColumns } from '../sort-columns';
import { REPORT_OWNERSHIP } from './report.act';
import { Report } from './report.entity';
import { LONG_COLUMNS, type ReportListRow, type ReportRow, reportSummary, reportView } from './report.messages';

const SORTABLE = { dueOn: { column: 'report.due_on', type: 'date' } } as const;

@Injectable()
export class ReportReader {
  constructor(private readonly database: Database) {}

  @Handle(getReport)
  async get({ reportId }: RequestOf<typeof getReport>, call: Call): Promise<ReportView> {
    const parameters: unknown[] = [reportId];
    const where = ['report.id = $1', ...visibleTo(call, REPORT_OWNERSHIP, parameters)];
    return one(await this.database.query(`${this.select()} WHERE (${where.join(') AND (')})`, parameters));
  }

  /** The report as a running transaction sees it. */
  async within(tx: Tx, id: string): Promise<ReportView> {
    return one(await tx.query(`${this.select()} WHERE report.id = $1`, [id]));
  }

  /** An assignment outside the caller's scope is not there; one before departure has no reports yet. */
  @Handle(listAssignmentReports)
  async listOf(request: RequestOf<typeof listAssignmentReports>, call: Call): Promise<Page<ReportSummary>> {
    const { assignmentId, limit, cursor } = request;
    const parameters: unknown[] = [assignmentId];
    const where = ['assignment.id = $1', ...visibleTo(call, REPORT_OWNERSHIP, parameters)];
    const found = await this.database.query(`SELECT FROM assignment WHERE (${where.join(') AND (')})`, parameters);
    if (found.length === 0) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return this.page(
      { where, parameters, limit, cursor, filterHash: { list: 'reports-of', assignmentId, visible: parameters } },
      ['dueOn'],
    );
  }

  @Handle(listReports)
  list(request: RequestOf<typeof listReports>, call: Call): Promise<Page<ReportSummary>> {
    const { limit, cursor, sort, ...filters } = request;
    const parameters: unknown[] = [];
    const where = visibleTo(call, REPORT_OWNERSHIP, parameters);
    if (filters.status) where.push(`report.status = ANY ($${parameters.push(filters.status)})`);
    if (filters.dueOnFrom) where.push(`report.due_on >= $${parameters.push(filters.dueOnFrom)}`);
    if (filters.dueOnTo) where.push(`report.due_on < $${parameters.push(filters.dueOnTo)}`);
    return this.page(
      { where, parameters, limit, cursor, filterHash: { list: 'reports', ...filters, visible: parameters } },
      sort ?? ['dueOn'],
    );
  }

  private async page(
    options: { where: string[]; parameters: unknown[]; limit: number; cursor?: string; filterHash: unknown },
    sort: readonly string[],
  ): Promise<Page<ReportSummary>> {
    return this.database.page<ReportListRow, ReportSummary>({
      ...options,
      select: `SELECT ${entityColumns(this.database, Report, 'report', LONG_COLUMNS)} FROM ${REPORT_OWNERSHIP.from}`,
      sort: sortColumns(SORTABLE, sort),
      idColumn: 'report.id',
      items: (rows) => rows.map(reportSummary),
    });
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, Report, 'report')},
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', comment.id, 'municipalityId', comment.municipality_id,
          'side', comment.side, 'text', comment.text, 'commentedAt', comment.commented_at)
          ORDER BY comment.commented_at, comment.id), '[]')
        FROM (SELECT * FROM report_comment latest WHERE latest.report_id = report.id
          ORDER BY latest.commented_at DESC, latest.id DESC LIMIT ${COMMENTS_SHOWN}) comment) AS comments
      FROM ${REPORT_OWNERSHIP.from}`;
  }
}

function one([row]: ReportRow[]): ReportView {
  if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
  return reportView(row);
}
