import { Injectable } from '@nestjs/common';
import { addDays, AppError, type ReplyOf, type RequestOf, yearOf } from '#contracts';
import { exportDatev, exportFundStatement, exportJournalCsv, exportJournalXlsx } from '#contracts/finance';
import { Database } from '#database';
import { Clock, Handle } from '#platform';
import { BankBookingReader } from './bank-booking.reader';
import { toCsv } from './csv';
import { datevHead, datevRows } from './datev';
import { readDatevAccounts } from './datev-accounts.reader';
import { DatevConfig } from './datev-config';
import { DATEV_ROWS_MAX } from './datev.data';
import { type Position, readPosition, writePosition } from './file-part';
import { FundStatementService } from './fund-statement.service';
import { JournalReader } from './journal.reader';
import { JOURNAL_HEADINGS, journalCells } from './journal-rows';
import { SHEET_END, sheetRows, sheetStart, WORKBOOK_ROWS_MAX } from './journal-workbook';
import { assertPeriod, type Range } from './part-rows';
import { SHEET_PATH, STATIC_ENTRIES } from './workbook-parts';
import { PartedZip } from './zip-parts';

/**
 * Files for other systems and for the signature of people. They only read. What has a row per booking comes in parts, so that a
 * year of any size is complete and no more than one part is in memory.
 */
@Injectable()
export class ExportService {
  private readonly workbook = new PartedZip(STATIC_ENTRIES, SHEET_PATH);

  constructor(
    private readonly database: Database,
    private readonly journal: JournalReader,
    private readonly bookings: BankBookingReader,
    private readonly statements: FundStatementService,
    private readonly datevConfig: DatevConfig,
    private readonly clock: Clock,
  ) {}

  @Handle(exportJournalCsv)
  async journalCsv(request: RequestOf<typeof exportJournalCsv>): Promise<ReplyOf<typeof exportJournalCsv>> {
    const position = await this.positionOf(request, () => this.journal.begin(request));
    const { rows, next } = await this.journal.read(request, position);
    const isFirst = position.after === null;
    const isGerman = request.separator === 'semicolon';
    const cells = rows.map((row) => journalCells(row, isGerman ? ',' : '.'));
    const bytes = toCsv(isFirst ? [JOURNAL_HEADINGS, ...cells] : cells, {
      separator: isGerman ? ';' : ',',
      hasByteOrderMark: isFirst && request.bom,
    });
    return {
      mediaType: 'text/csv; charset=utf-8',
      fileName: fileName('journal', request, 'csv'),
      ...part(bytes, next),
    };
  }

  @Handle(exportJournalXlsx)
  async journalXlsx(request: RequestOf<typeof exportJournalXlsx>): Promise<ReplyOf<typeof exportJournalXlsx>> {
    const position = await this.positionOf(request, () => this.journal.begin(request, WORKBOOK_ROWS_MAX));
    const { rows, next } = await this.journal.read(request, position);
    const isFirst = position.after === null;
    // The headings are row 1.
    const text = `${isFirst ? sheetStart() : ''}${sheetRows(rows, position.written + 2)}`;
    const { bytes, state } = this.workbook.add(text, position.entry);
    const head = isFirst ? [this.workbook.start()] : [];
    const tail = next ? [] : [this.workbook.end(SHEET_END, state)];
    return {
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      fileName: fileName('journal', request, 'xlsx'),
      ...part(Buffer.concat([...head, bytes, ...tail]), next && { ...next, entry: state }),
    };
  }

  @Handle(exportDatev)
  async datev(request: RequestOf<typeof exportDatev>): Promise<ReplyOf<typeof exportDatev>> {
    const until = addDays(request.to, -1);
    const numbers = this.datevNumbers(request);
    const position = await this.positionOf(request, () => {
      if (yearOf(request.from) !== yearOf(until)) throw new AppError('FINANCE_EXPORT_PERIOD_INVALID');
      return this.bookings.begin(request, DATEV_ROWS_MAX);
    });
    const { rows, next } = await this.bookings.read(request, position);
    const head = { createdAt: this.clock.now(), ...numbers, from: request.from, until };
    const bytes = Buffer.concat([
      ...(position.after === null ? [datevHead(head)] : []),
      datevRows(rows, await readDatevAccounts(this.database)),
    ]);
    return {
      mediaType: 'text/csv; charset=windows-1252',
      fileName: fileName('EXTF_Buchungsstapel', request, 'csv'),
      ...part(bytes, next),
    };
  }

  @Handle(exportFundStatement)
  async statement(request: RequestOf<typeof exportFundStatement>): Promise<ReplyOf<typeof exportFundStatement>> {
    assertPeriod(request);
    return {
      mediaType: 'application/pdf',
      fileName: fileName(request.volume === 1 ? 'fondsauszug' : `fondsauszug-band-${request.volume}`, request, 'pdf'),
      ...part(await this.statements.pdf(request, request), undefined),
    };
  }

  /** Booked into the books of another, a batch would be worse than none: FINANCE_DATEV_NUMBER_MISSING names what is not known. */
  private datevNumbers(request: RequestOf<typeof exportDatev>) {
    const consultantNumber = request.consultantNumber ?? this.datevConfig.consultantNumber;
    const clientNumber = request.clientNumber ?? this.datevConfig.clientNumber;
    if (consultantNumber !== undefined && clientNumber !== undefined) return { consultantNumber, clientNumber };
    const errors = Object.entries({ consultantNumber, clientNumber })
      .filter(([, number]) => number === undefined)
      .map(([name]) => ({
        pointer: `#/${name}`,
        code: 'FINANCE_DATEV_NUMBER_MISSING',
        detail: SETTING_OF[name] ?? name,
      }));
    throw new AppError('FINANCE_DATEV_NUMBER_MISSING', undefined, { errors });
  }

  private async positionOf(request: Range & { offset?: string | undefined }, begin: () => Promise<Position>) {
    assertPeriod(request);
    return request.offset === undefined ? begin() : readPosition(request.offset);
  }
}

const SETTING_OF: Readonly<Record<string, string>> = {
  consultantNumber: 'is not given, and DATEV_CONSULTANT_NUMBER is not set',
  clientNumber: 'is not given, and DATEV_CLIENT_NUMBER is not set',
};

function part(bytes: Buffer, next: Position | undefined) {
  const nextOffset = next ? writePosition(next) : null;
  return { encoding: 'base64' as const, body: bytes.toString('base64'), nextOffset };
}

function fileName(what: string, { from, to }: Range, extension: string): string {
  return `${what}-${from}-${addDays(to, -1)}.${extension}`;
}
