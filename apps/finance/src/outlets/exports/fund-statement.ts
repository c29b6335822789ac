import { formatMinor } from '#contracts';
import { type FundView, type JournalEntryKind, LEDGER_STAGES, type LedgerStage } from '#contracts/finance';
import { closingOf, type StageMovement, type YearSources } from '../../budget/fund-statements/fund-movements.reader';
import type { BankBooking } from './bank-booking.reader';
import { FUND_STATEMENT_TEXTS, type FundStatementTexts } from './fund-statement-texts';
import { type Column, PDF_WIDTH, TaggedPdf } from '../../files/pdf/tagged-pdf';

/** Payments less returns, and charges, of a month. */
export interface MonthTotal {
  readonly month: string;
  readonly category: BankBooking['category'];
  readonly isCharge: boolean;
  readonly budgetYear: number;
  readonly bookings: number;
  readonly amountMinor: bigint;
}

export interface FundStatement {
  readonly language: 'de' | 'en';
  readonly fund: FundView;
  readonly from: string;
  /** The last day. */
  readonly until: string;
  readonly createdAt: Date;
  readonly movements: readonly StageMovement[];
  readonly sources: readonly YearSources[];
  readonly byKind: readonly {
    readonly kind: JournalEntryKind;
    readonly entries: number;
    readonly amountMinor: bigint;
  }[];
  readonly totals: readonly MonthTotal[];
  /** What the bank booked, one by one: those of this volume. */
  readonly bookings: readonly BankBooking[];
  readonly volume: Volume;
}

/** The list of bookings goes on from volume to volume; the first one is the statement itself. */
interface Volume {
  readonly number: number;
  readonly of: number;
  /** Bookings in the volumes before, and what they add up to. */
  readonly before: number;
  readonly carriedMinor: bigint;
}

/** The statement of a fund for signature. The same input makes the same pages. */
export async function fundStatementPdf(statement: FundStatement): Promise<Buffer> {
  const { fund, language, createdAt } = statement;
  const t = FUND_STATEMENT_TEXTS[language];
  const pdf = await TaggedPdf.begin({ title: t.name(fund.name), language: LANGUAGE_TAGS[language], createdAt });
  new FundStatementPages(pdf, statement, t).write();
  return pdf.end((page, pages) => ({ left: fund.name, right: t.page(page, pages) }));
}

const LANGUAGE_TAGS = { de: 'de-DE', en: 'en-GB' };
// What is seldom stands last, behind the way of the money that readers know.
const SELDOM: readonly LedgerStage[] = ['blocked'];
const INSIDE = [...LEDGER_STAGES.filter((stage) => stage !== 'external' && !SELDOM.includes(stage)), ...SELDOM];

class FundStatementPages {
  constructor(
    private readonly pdf: TaggedPdf,
    private readonly it: FundStatement,
    private readonly t: FundStatementTexts,
  ) {}

  write(): void {
    this.head();
    if (this.it.volume.number > 1) return this.bookings();
    this.balances();
    this.sources();
    this.movements();
    this.kinds();
    this.totals();
    this.bookings();
    this.pdf.signatures(this.t.confirmation, this.t.signers);
  }

  private head(): void {
    const { pdf, t } = this;
    const { fund, from, until, createdAt, volume } = this.it;
    const { holder, iban, bic } = fund.debtorAccount;
    pdf.title(t.title);
    if (volume.of > 1) pdf.paragraph(t.volume(volume.number, volume.of));
    pdf.paragraph(t.fund(fund.name));
    pdf.paragraph(t.period(this.day(from), this.day(until)));
    pdf.paragraph(t.account(holder, iban, bic));
    pdf.paragraph(t.created(this.day(createdAt.toISOString().slice(0, 10)), fund.currency));
  }

  private balances(): void {
    const { pdf, t } = this;
    const { movements, until } = this.it;
    const closing = (year: number, stage: LedgerStage) =>
      sum(movements.filter((it) => it.year === year && it.stage === stage).map(closingOf));
    const years = [...new Set(movements.map(({ year }) => year))];
    const amounts = years.map((year) => INSIDE.map((stage) => closing(year, stage)));
    const rows = years.map((year, index) => this.cells(String(year), withSum(amounts[index] ?? [])));
    const sums = INSIDE.map((_, column) => sum(amounts.map((row) => row[column] ?? 0n)));
    pdf.heading(t.closing(this.day(until)));
    pdf.table({
      columns: numbers(t.year, [t.funds, ...INSIDE.map((stage) => t.stages[stage])], 42),
      rows: [...rows, this.cells(t.sum, withSum(sums))],
      sums: 1,
    });
    pdf.paragraph(t.fundsMeaning);
  }

  private sources(): void {
    const { pdf, t } = this;
    const { sources, until } = this.it;
    const of = ({ released, carriedOver, lapsed, cut, repaid, total }: Omit<YearSources, 'year'>) =>
      [released, carriedOver, lapsed, cut, repaid, total] as const;
    const amounts = sources.map(of);
    const sums = [0, 1, 2, 3, 4, 5].map((column) => sum(amounts.map((row) => row[column] ?? 0n)));
    pdf.heading(t.sources(this.day(until)));
    pdf.table({
      columns: numbers(t.year, [t.released, t.carriedOver, t.lapsed, t.cut, t.repaid, t.funds], 63),
      rows: [...sources.map((row) => this.cells(String(row.year), of(row))), this.cells(t.sum, sums)],
      sums: 1,
    });
    pdf.paragraph(t.releasedMeaning);
  }

  private movements(): void {
    const { pdf, t } = this;
    pdf.heading(t.movements);
    pdf.table({
      columns: numbers(t.yearAndStage, [t.opening, t.additions, t.deductions, t.end], 123),
      rows: this.it.movements.map((row) =>
        this.cells(`${row.year} ${t.stages[row.stage]}`, [row.opening, row.additions, row.deductions, closingOf(row)]),
      ),
    });
  }

  private kinds(): void {
    const { pdf, t } = this;
    pdf.heading(t.kinds);
    pdf.table({
      columns: [
        { title: t.kind, width: 283 },
        { title: t.entries, width: 80, isNumber: true },
        { title: t.amount, width: 120, isNumber: true },
      ],
      rows: this.it.byKind.map(({ kind, entries, amountMinor }) => [
        t.kindNames[kind],
        String(entries),
        this.amount(amountMinor),
      ]),
    });
  }

  private totals(): void {
    const { pdf, t } = this;
    const { totals } = this.it;
    const rows = totals.map((it) => [
      this.month(it.month),
      String(it.budgetYear),
      this.category(it),
      String(it.bookings),
      this.amount(it.amountMinor),
    ]);
    pdf.heading(t.totals);
    pdf.table({
      columns: [
        { title: t.month, width: 83 },
        { title: t.year, width: 60 },
        { title: t.category, width: 140 },
        { title: t.count, width: 80, isNumber: true },
        { title: t.amount, width: 120, isNumber: true },
      ],
      rows: [...rows, [t.sum, '', '', String(this.count()), this.amount(sum(totals.map((it) => it.amountMinor)))]],
      sums: 1,
    });
  }

  private bookings(): void {
    const { pdf, t } = this;
    const { bookings, volume } = this.it;
    const isLast = volume.number === volume.of;
    // Only the statement itself is signed.
    const followedBy = volume.number === 1 ? pdf.signaturesHeight(t.confirmation) : 0;
    pdf.heading(t.payments);
    if (volume.of > 1) pdf.paragraph(t.listed(volume.before + 1, volume.before + bookings.length, this.count()));
    const rows = bookings.map((it) => [
      this.day(it.bookedOn),
      it.payee ?? (it.kind === 'CHARGE' ? t.charge : t.unexplained),
      this.category({ ...it, isCharge: it.kind === 'CHARGE' }),
      String(it.budgetYear),
      this.amount(it.amountMinor),
    ]);
    const end = volume.carriedMinor + sum(bookings.map(({ amountMinor }) => amountMinor));
    const sumRow = (title: string, minor: bigint) => [title, '', '', '', this.amount(minor)];
    pdf.table({
      columns: [
        { title: t.bookedOn, width: 70 },
        { title: t.payee, width: 203 },
        { title: t.category, width: 90 },
        { title: t.year, width: 40 },
        { title: t.amount, width: 80, isNumber: true },
      ],
      rows: [
        ...(volume.number > 1 ? [sumRow(t.carriedForward, volume.carriedMinor)] : []),
        ...rows,
        sumRow(isLast ? t.sum : t.toCarry, end),
      ],
      sums: 1,
      followedBy,
    });
    if (!isLast) pdf.paragraph(t.continued(volume.number + 1));
  }

  private count(): number {
    return this.it.totals.reduce((count, { bookings }) => count + bookings, 0);
  }

  private category({ category, isCharge }: Pick<MonthTotal, 'category' | 'isCharge'>): string {
    if (isCharge) return this.t.charge;
    return category ? this.t.categories[category] : this.t.noCategory;
  }

  private cells(title: string, amounts: readonly bigint[]): string[] {
    return [title, ...amounts.map((amount) => this.amount(amount))];
  }

  private amount(minor: bigint): string {
    const [whole = '0', fraction] = formatMinor(minor, this.it.fund.currency).split('.');
    const [group, decimal] = this.it.language === 'de' ? ['.', ','] : [',', '.'];
    const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
    return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`;
  }

  private day(day: string): string {
    const [year, month, date] = day.split('-');
    return this.it.language === 'de' ? `${date}.${month}.${year}` : `${date}/${month}/${year}`;
  }

  private month(month: string): string {
    return `${month.slice(5)}${this.it.language === 'de' ? '.' : '/'}${month.slice(0, 4)}`;
  }
}

function numbers(first: string, others: readonly string[], firstWidth: number): Column[] {
  const width = (PDF_WIDTH - firstWidth) / others.length;
  return [{ title: first, width: firstWidth }, ...others.map((title) => ({ title, width, isNumber: true }))];
}

function withSum(amounts: readonly bigint[]): bigint[] {
  return [sum(amounts), ...amounts];
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
