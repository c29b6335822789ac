import { Injectable } from '@nestjs/common';
import {
  AppError,
  type CostCategory,
  type exportDatev,
  type exportFundStatement,
  type exportJournalCsv,
  type exportJournalXlsx,
  type JournalEntryKind,
  type ReplyOf,
  type RequestOf,
  toMoney,
} from '#contracts';
import { Database } from '#database';
import { Clock } from '#platform';
import { addDays, yearOf } from '../cost-plans/calendar';
import { FundService } from '../funds/fund.service';
import { toCsv } from './csv';
import { datevFile } from './datev';
import { fundStatementPdf } from './fund-statement';
import { JOURNAL_HEADINGS, journalCells, type JournalLineRow } from './journal-rows';
import { journalWorkbook } from './journal-workbook';

/** What fits into one message between service and gateway as text. */
const ROWS_MAX = 2_000;

interface Range {
  readonly fundId: string;
  readonly from: string;
  readonly to: string;
}

interface PaymentRow {
  readonly id: string;
  readonly bookedOn: string;
  readonly payee: string;
  readonly category: CostCategory;
  readonly budgetYear: number;
  readonly instalment: number;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** Files for other systems and for the signature of people. They only read. */
@Injectable()
export class ExportService {
  constructor(
    private readonly database: Database,
    private readonly funds: FundService,
    private readonly clock: Clock,
  ) {}

  async journalCsv(request: RequestOf<typeof exportJournalCsv>): Promise<ReplyOf<typeof exportJournalCsv>> {
    const rows = await this.journal(request);
    const isGerman = request.separator === 'semicolon';
    const cells = rows.map((row) => journalCells(row, isGerman ? ',' : '.'));
    const bytes = toCsv([JOURNAL_HEADINGS, ...cells], {
      separator: isGerman ? ';' : ',',
      hasByteOrderMark: request.bom,
    });
    return { mediaType: 'text/csv; charset=utf-8', fileName: fileName('journal', request, 'csv'), ...base64(bytes) };
  }

  async journalXlsx(request: RequestOf<typeof exportJournalXlsx>): Promise<ReplyOf<typeof exportJournalXlsx>> {
    const bytes = await journalWorkbook(await this.journal(request));
    return {
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      fileName: fileName('journal', request, 'xlsx'),
      ...base64(bytes),
    };
  }

  async datev(request: RequestOf<typeof exportDatev>): Promise<ReplyOf<typeof exportDatev>> {
    const until = addDays(request.to, -1);
    if (yearOf(request.from) !== yearOf(until)) throw new AppError('FINANCE_EXPORT_PERIOD_INVALID');
    const payments = await this.payments(request);
    const bytes = datevFile({
      createdAt: this.clock.now(),
      consultantNumber: request.consultantNumber,
      clientNumber: request.clientNumber,
      from: request.from,
      until,
      bookings: payments.map(({ id, payee, instalment, ...payment }) => ({
        ...payment,
        voucher: id.replaceAll('-', ''),
        text: `Rate ${instalment} ${payee}`,
      })),
    });
    return {
      mediaType: 'text/csv; charset=windows-1252',
      fileName: fileName('EXTF_Buchungsstapel', request, 'csv'),
      ...base64(bytes),
    };
  }

  async statement(request: RequestOf<typeof exportFundStatement>): Promise<ReplyOf<typeof exportFundStatement>> {
    const fund = await this.funds.get(request.fundId);
    const payments = await this.payments(request);
    const { fundId, from, to } = request;
    const movements = await this.database.query<{ kind: JournalEntryKind; entries: number; amountMinor: bigint }>(
      MOVEMENTS,
      [fundId, from, to],
    );
    const bytes = await fundStatementPdf({
      fund,
      from,
      until: addDays(to, -1),
      createdAt: this.clock.now(),
      balances: await this.funds.balances(fundId),
      byKind: movements.map(({ kind, entries, amountMinor }) => ({
        kind,
        entries,
        amount: toMoney(amountMinor, fund.currency),
      })),
      payments: payments.map(({ amountMinor, currency, ...payment }) => ({
        ...payment,
        amount: toMoney(amountMinor, currency),
      })),
      paid: toMoney(
        payments.reduce((total, { amountMinor }) => total + amountMinor, 0n),
        fund.currency,
      ),
    });
    return { mediaType: 'application/pdf', fileName: fileName('fondsauszug', request, 'pdf'), ...base64(bytes) };
  }

  private journal(range: Range): Promise<JournalLineRow[]> {
    return this.rows<JournalLineRow>(JOURNAL, range);
  }

  private payments(range: Range): Promise<PaymentRow[]> {
    return this.rows<PaymentRow>(PAYMENTS, range);
  }

  /** All rows of the range or a refusal: a file that silently ends early would be a wrong statement. */
  private async rows<Row extends object>(sql: string, { fundId, from, to }: Range): Promise<Row[]> {
    if (from >= to) throw new AppError('FINANCE_EXPORT_PERIOD_INVALID', { from, to });
    await this.funds.get(fundId);
    const rows = await this.database.query<Row>(sql, [fundId, from, to, ROWS_MAX + 1]);
    if (rows.length > ROWS_MAX) throw new AppError('FINANCE_EXPORT_TOO_LARGE', { rowsMax: ROWS_MAX });
    return rows;
  }
}

function base64(bytes: Buffer): { encoding: 'base64'; body: string } {
  return { encoding: 'base64', body: bytes.toString('base64') };
}

function fileName(what: string, { from, to }: Range, extension: string): string {
  return `${what}-${from}-${addDays(to, -1)}.${extension}`;
}

const JOURNAL = `
SELECT entry.id AS "entryId", line.line, entry.kind, entry.reference, entry.booked_at AS "bookedAt",
  entry.effective_on AS "effectiveOn", entry.correlation_id AS "correlationId", line.budget_year AS year, line.stage,
  line.amount_minor AS "amountMinor", fund.currency
FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id JOIN fund ON fund.id = entry.fund_id
WHERE entry.fund_id = $1 AND entry.effective_on >= $2 AND entry.effective_on < $3
ORDER BY entry.effective_on, entry.booked_at, entry.id, line.line LIMIT $4`;

const PAYMENTS = `
SELECT payout.id, payout.booked_on AS "bookedOn", payee.name AS payee, payout.category, payout.budget_year AS "budgetYear",
  payout.instalment, payout.amount_minor AS "amountMinor", payout.currency
FROM payout JOIN payee ON payee.id = payout.payee_id
WHERE payout.fund_id = $1 AND payout.status = 'BOOKED' AND payout.booked_on >= $2 AND payout.booked_on < $3
ORDER BY payout.booked_on, payout.id LIMIT $4`;

const MOVEMENTS = `
SELECT entry.kind, count(DISTINCT entry.id)::int AS entries,
  sum(line.amount_minor) FILTER (WHERE line.amount_minor > 0)::bigint AS "amountMinor"
FROM journal_entry entry JOIN journal_line line ON line.entry_id = entry.id
WHERE entry.fund_id = $1 AND entry.effective_on >= $2 AND entry.effective_on < $3
GROUP BY entry.kind ORDER BY min(entry.booked_at)`;
