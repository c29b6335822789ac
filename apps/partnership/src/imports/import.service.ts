import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import {
  changePartnershipImportReading,
  checkPartnershipImport,
  createPartnershipImport,
  discardPartnershipImport,
  type ImportColumns,
  type PartnershipImportView,
  repairPartnershipImport,
  runPartnershipImport,
} from '#contracts/partnership';
import type { Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { assess, countsOf, reportHash, type RowAssessment, rowText } from './assessment.rules';
import { guessColumns } from './import-columns';
import { ImportFactsReader } from './import-facts.reader';
import { ImportRun } from './import-run.service';
import {
  deleteRows,
  doneBefore,
  insertRows,
  lastReport,
  lockRegistry,
  rowsOf,
  takenOver,
  updateDecisions,
  updateReport,
} from './import-rows.rows';
import { importView } from './import.messages';
import { act } from './partnership-import.act';
import { PartnershipImport, type Report } from './partnership-import.entity';
import type { Decisions, ImportRow } from './row-reading';

/** Rows that a refusal names; the others are found in the list. */
const ROWS_NAMED = 50;

/**
 * Brings a table of partnerships into the registry in three steps that people see: what each row would come to, what they decide
 * where that is in doubt, and the run, which does what the last report says or nothing.
 */
@Injectable()
export class ImportService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly facts: ImportFactsReader,
    private readonly run: ImportRun,
  ) {}

  @Handle(createPartnershipImport)
  create(request: RequestOf<typeof createPartnershipImport>, call: Call): Promise<PartnershipImportView> {
    const { id = newId(), fileName, header, defaults } = request;
    const contentHash = createHash('sha256')
      .update(JSON.stringify([header, request.rows]))
      .digest('hex');
    return this.commands.run(call, async (tx) => {
      const before = await doneBefore(tx, contentHash);
      const rows = withText(request.rows, (number) => {
        const decided = before?.decided.get(number);
        return decided ? takenOver(decided) : {};
      });
      const columns: ImportColumns = before
        ? (await tx.findOrFail(PartnershipImport, before.id)).columns
        : guessColumns(header);
      const report = assess(rows, { columns, defaults }, await this.facts.read(tx));
      const opened = PartnershipImport.open(
        {
          id,
          fileName,
          header,
          columns,
          defaults,
          rows: rows.length,
          contentHash,
          repeats: before?.id ?? null,
          by: call.caller.subject,
          at: this.clock.now(),
        },
        reportOf(report),
      );
      await tx.insert(opened);
      await insertRows(tx, id, { rows, report });
      return importView(opened);
    });
  }

  @act(changePartnershipImportReading, { possible: (opened) => opened.assertOpen() })
  async changeReading(
    opened: PartnershipImport,
    { columns, defaults }: RequestOf<typeof changePartnershipImportReading>,
    { tx }: Act,
  ): Promise<void> {
    opened.read(columns, defaults);
    await this.assessAnew(opened, tx);
  }

  @act(repairPartnershipImport, { possible: (opened) => opened.assertOpen() })
  async repair(
    opened: PartnershipImport,
    { repairs }: RequestOf<typeof repairPartnershipImport>,
    { tx }: Act,
  ): Promise<void> {
    const rows = new Map((await rowsOf(tx, opened.id)).map((row) => [row.number, row]));
    const unknown = repairs.flatMap((repair) => repair.rows).filter((number) => !rows.has(number));
    if (unknown.length > 0) throw new AppError('PARTNERSHIP_IMPORT_ROW_UNKNOWN', { rows: named(unknown) });
    const decided = new Map<number, Decisions>();
    for (const { rows: numbers, field, value } of repairs) {
      for (const number of numbers) {
        const { [field]: _, ...others } = decided.get(number) ?? rows.get(number)?.decisions ?? {};
        decided.set(number, value === null ? others : { ...others, [field]: value });
      }
    }
    await updateDecisions(
      tx,
      opened.id,
      [...decided].map(([number, decisions]) => ({ number, decisions })),
    );
    await this.assessAnew(opened, tx);
  }

  @act(checkPartnershipImport, { possible: (opened) => opened.assertOpen() })
  async check(opened: PartnershipImport, _request: unknown, { tx }: Act): Promise<void> {
    await this.assessAnew(opened, tx);
  }

  @act(runPartnershipImport, { possible: (opened) => opened.assertOpen() })
  async carryOut(
    opened: PartnershipImport,
    { reportHash: expected, leaveOut }: RequestOf<typeof runPartnershipImport>,
    act: Act,
  ): Promise<void> {
    const { tx } = act;
    await lockRegistry(tx);
    const report = await this.assessed(opened, tx);
    if (reportHash(report) !== expected)
      throw new AppError('PARTNERSHIP_IMPORT_REPORT_CHANGED', { rows: await this.changedRows(tx, opened, report) });
    const undecided = report.filter(({ verdict }) => verdict === 'NEEDS_DECISION').map(({ number }) => number);
    if (undecided.length > 0 && !leaveOut)
      throw new AppError('PARTNERSHIP_IMPORT_UNDECIDED', {
        count: undecided.length,
        rows: named(undecided),
      });
    opened.report(reportOf(report), this.clock.now());
    await updateReport(tx, opened.id, await this.run.record(report, act));
    opened.finish(this.clock.now());
  }

  @act(discardPartnershipImport, { possible: (opened) => opened.assertOpen() })
  async discard(opened: PartnershipImport, _request: unknown, { tx }: Act): Promise<void> {
    await deleteRows(tx, opened.id);
    opened.discard(this.clock.now());
  }

  view(opened: PartnershipImport): PartnershipImportView {
    return importView(opened);
  }

  private async assessed(opened: PartnershipImport, tx: Tx): Promise<RowAssessment[]> {
    return assess(await rowsOf(tx, opened.id), opened, await this.facts.read(tx));
  }

  private async assessAnew(opened: PartnershipImport, tx: Tx): Promise<void> {
    const report = await this.assessed(opened, tx);
    await updateReport(tx, opened.id, report);
    opened.report(reportOf(report), this.clock.now());
  }

  private async changedRows(tx: Tx, { id }: PartnershipImport, report: readonly RowAssessment[]): Promise<string[]> {
    const before = new Map(
      (await lastReport(tx, id)).map((row) => [row.number, rowText({ ...row, partnerIdentity: null })]),
    );
    return named(report.filter((row) => before.get(row.number) !== rowText(row)).map(({ number }) => number));
  }
}

function reportOf(report: readonly RowAssessment[]): Report {
  return { counts: countsOf(report), reportHash: reportHash(report) };
}

/** Numbered as a spreadsheet does, the header being row 1; rows without any text say nothing. */
function withText(rows: readonly (readonly string[])[], decisionsOf: (number: number) => Decisions): ImportRow[] {
  return rows.flatMap((cells, index) => {
    const number = index + 2;
    return cells.every((cell) => cell === '') ? [] : [{ number, cells, decisions: decisionsOf(number) }];
  });
}

function named(rows: readonly number[]): string[] {
  return rows.slice(0, ROWS_NAMED).map(String);
}
