import { Injectable } from '@nestjs/common';
import type { Page, ReplyOf, RequestOf } from '#contracts';
import {
  getPartnershipImport,
  groupPartnershipImportProblems,
  IMPORT_GROUPS_MAX,
  type ImportProblem,
  type ImportProblemGroup,
  type ImportRowView,
  listPartnershipImportRows,
  listPartnershipImports,
  type PartnershipImportView,
} from '#contracts/partnership';
import { Database, Filters } from '#database';
import { Handle } from '#platform';
import { importRowSelect, lastReport } from './import-rows.rows';
import { PartnershipImport } from './partnership-import.entity';
import { importView } from './import.messages';

const SELECT = `
  SELECT i.id, i.version, i.file_name, i.header, i.columns, i.defaults, i.status, i.rows, i.counts, i.report_hash, i.content_hash,
    i.repeats, i.opened_by, i.created_at, i.updated_at, i.done_at
  FROM partnership_import i`;

/** What is read of imports. */
@Injectable()
export class ImportReader {
  constructor(private readonly database: Database) {}

  @Handle(getPartnershipImport)
  async get({ importId }: RequestOf<typeof getPartnershipImport>): Promise<PartnershipImportView> {
    return importView(await this.database.findOrFail(PartnershipImport, importId));
  }

  @Handle(listPartnershipImports)
  list({ limit, cursor, status }: RequestOf<typeof listPartnershipImports>): Promise<Page<PartnershipImportView>> {
    const filters = new Filters().add('i.status = ANY (?)', status);
    return this.database.page<PartnershipImport, PartnershipImportView>({
      select: SELECT,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'createdAt', column: 'i.created_at', type: 'timestamptz', descending: true }],
      idColumn: 'i.id',
      limit,
      cursor,
      filterHash: { list: 'partnership-imports', status },
      items: (rows) => rows.map(importView),
    });
  }

  @Handle(listPartnershipImportRows)
  async rows({
    importId,
    limit,
    cursor,
    verdict,
  }: RequestOf<typeof listPartnershipImportRows>): Promise<Page<ImportRowView>> {
    await this.database.findOrFail(PartnershipImport, importId);
    const filters = new Filters().add('r.import_id = ?', importId).add('r.verdict = ANY (?)', verdict);
    return this.database.page<ImportRowView>({
      select: importRowSelect,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'number', column: 'r.number', type: 'int4' }],
      // The number decides already.
      idColumn: 'r.import_id',
      limit,
      cursor,
      filterHash: { list: 'partnership-import-rows', importId, verdict },
    });
  }

  @Handle(groupPartnershipImportProblems)
  async problems({
    importId,
  }: RequestOf<typeof groupPartnershipImportProblems>): Promise<ReplyOf<typeof groupPartnershipImportProblems>> {
    await this.database.findOrFail(PartnershipImport, importId);
    const groups = new Map<string, { problem: ImportProblem; rows: number[] }>();
    for (const { number, verdict, problems } of await lastReport(this.database, importId)) {
      if (verdict !== 'NEEDS_DECISION') continue;
      for (const problem of problems) {
        const key = JSON.stringify(problem);
        const group = groups.get(key);
        if (group) group.rows.push(number);
        else groups.set(key, { problem, rows: [number] });
      }
    }
    const items: ImportProblemGroup[] = [...groups.values()]
      .sort((a, b) => b.rows.length - a.rows.length || (a.rows[0] ?? 0) - (b.rows[0] ?? 0))
      .slice(0, IMPORT_GROUPS_MAX);
    return { items };
  }
}
