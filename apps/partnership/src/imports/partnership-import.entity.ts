import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { ImportColumns, ImportCounts, ImportDefaults, ImportStatus } from '#contracts/partnership';
import { AuditFields } from '#database';

interface Opening {
  readonly id: string;
  readonly fileName: string;
  readonly header: readonly string[];
  readonly columns: ImportColumns;
  readonly defaults: ImportDefaults;
  readonly rows: number;
  readonly contentHash: string;
  readonly repeats: string | null;
  readonly by: string;
  readonly at: Date;
}

/** What the rows of an import come to, in numbers and as a hash of all that is said of them. */
export interface Report {
  readonly counts: ImportCounts;
  readonly reportHash: string;
}

/**
 * A table of partnerships on its way into the registry: OPEN while people decide what its rows mean, then DONE or DISCARDED. Nothing
 * is recorded but by the run, and that only what its report says.
 */
@AuditFields<PartnershipImport>({ open: ['status', 'reportHash', 'openedBy'] })
@Entity({ name: 'partnership_import' })
export class PartnershipImport {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column('text') readonly fileName!: string;
  @Column('text', { array: true }) readonly header!: string[];
  @Column('json') columns!: ImportColumns;
  @Column('json') defaults!: ImportDefaults;
  @Column('text') status!: ImportStatus;
  @Column('int') rows!: number;
  @Column('json') counts!: ImportCounts;
  @Column('char', { length: 64 }) reportHash!: string;
  @Column('char', { length: 64 }) readonly contentHash!: string;
  @Column('uuid', { nullable: true }) readonly repeats!: string | null;
  @Column('text') readonly openedBy!: string;
  @Column('timestamptz') readonly createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;
  @Column('timestamptz', { nullable: true }) doneAt!: Date | null;

  static open({ by, at, ...opening }: Opening, report: Report): PartnershipImport {
    checkColumns(opening.columns, opening.header);
    return Object.assign(new PartnershipImport(), {
      ...opening,
      ...report,
      status: 'OPEN' as const,
      openedBy: by,
      createdAt: at,
      updatedAt: at,
      doneAt: null,
    });
  }

  assertOpen(): void {
    if (this.status !== 'OPEN') throw new AppError('PARTNERSHIP_IMPORT_CLOSED', { status: this.status });
  }

  read(columns: ImportColumns, defaults: ImportDefaults): void {
    this.assertOpen();
    checkColumns(columns, this.header);
    this.columns = columns;
    this.defaults = defaults;
  }

  report({ counts, reportHash }: Report, at: Date): void {
    this.assertOpen();
    Object.assign(this, { counts, reportHash, updatedAt: at });
  }

  finish(at: Date): void {
    this.assertOpen();
    const { ready, needsDecision, ...rest } = this.counts;
    this.counts = { ...rest, ready: 0, made: ready, needsDecision: 0, leftOut: needsDecision };
    Object.assign(this, { status: 'DONE', updatedAt: at, doneAt: at });
  }

  discard(at: Date): void {
    this.assertOpen();
    Object.assign(this, { status: 'DISCARDED', rows: 0, updatedAt: at });
  }
}

/** Each column says one thing, and is there. */
function checkColumns(columns: ImportColumns, header: readonly string[]): void {
  const named = Object.values(columns);
  const wrong = named.filter((column, index) => column >= header.length || named.indexOf(column) < index);
  if (wrong.length > 0) throw new AppError('PARTNERSHIP_IMPORT_COLUMNS_INVALID', { columns: wrong.map(String) });
}
