import { FILE_PART_CHARACTERS_MAX } from '#contracts';
import { BUDGET_YEARS_MAX, LEDGER_STAGES, type LedgerStage } from '#contracts/finance';
import { pdfPages, pdfText } from '../../../test/pdf-text';
import type { BankBooking } from './bank-booking.reader';
import { type FundStatement, fundStatementPdf } from './fund-statement';
import { LISTED_MAX } from './fund-statement.service';

const STAGES: Readonly<Record<LedgerStage, bigint>> = {
  external: -100_000_000n,
  available: 70_000_000n,
  blocked: 5_000_000n,
  reserved: 0n,
  committed: 20_000_000n,
  payable: 0n,
  paid: 4_999_980n,
  returned: 20n,
};
const STATEMENT: FundStatement = {
  language: 'de',
  fund: {
    id: '0193b3a4-0000-7000-8000-000000000001',
    version: 1,
    name: 'Fachkräftefonds für kommunale Partnerschaften',
    currency: 'EUR',
    debtorAccount: { holder: 'Fachkräftefonds', iban: 'DE75512108001245126199', bic: 'SOGEDEFF' },
    reservationDays: 14,
    budgetYears: [],
    createdAt: '2027-01-01T00:00:00.000Z',
  },
  from: '2027-01-01',
  until: '2027-03-31',
  createdAt: new Date('2027-04-01T08:00:00Z'),
  movements: LEDGER_STAGES.map((stage) => ({
    year: 2027,
    stage,
    opening: 0n,
    additions: STAGES[stage] > 0n ? STAGES[stage] : 0n,
    deductions: STAGES[stage] < 0n ? -STAGES[stage] : 0n,
  })),
  sources: [
    {
      year: 2027,
      released: 95_000_000n,
      carriedOver: 8_000_000n,
      lapsed: -1n,
      cut: -5_000_000n,
      repaid: 2_000_001n,
      total: 100_000_000n,
    },
  ],
  byKind: [{ kind: 'PAYMENT_BOOKED', entries: 60, amountMinor: 4_999_980n }],
  totals: [
    {
      month: '2027-02',
      category: 'PERSONAL',
      isCharge: false,
      budgetYear: 2027,
      bookings: 60,
      amountMinor: 4_999_980n,
    },
  ],
  volume: { number: 1, of: 1, before: 0, carriedMinor: 0n },
  bookings: Array.from({ length: 60 }, (_, index) => ({
    id: '0193b3a4-0000-7000-8000-000000000002',
    number: index,
    kind: 'PAYMENT',
    bookedOn: '2027-02-12',
    payee: index === 0 ? 'Łukasz Đỗ, Größe & Söhne' : `Jürgen Müller ${index}`,
    payoutId: '0193b3a4-0000-7000-8000-000000000003',
    instalment: 1,
    isPart: false,
    category: 'PERSONAL',
    budgetYear: 2027,
    amountMinor: 83_333n,
    currency: 'EUR',
  })),
};

describe('the statement of a fund', () => {
  const listing = (count: number): FundStatement => ({ ...STATEMENT, bookings: STATEMENT.bookings.slice(0, count) });

  it('is a PDF of several pages and the same bytes for the same input', async () => {
    const bytes = await fundStatementPdf(STATEMENT);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdfPages(bytes).length).toBeGreaterThan(2);
    expect((await fundStatementPdf(STATEMENT)).equals(bytes)).toBe(true);
  });

  it('says what it is to who listens to it: title, language, headings, and headings of rows and columns', async () => {
    const bytes = (await fundStatementPdf(STATEMENT)).toString('latin1');
    expect(bytes).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(bytes).toContain('/DisplayDocTitle true');
    expect(bytes).toContain('/Lang (de-DE)');
    expect(bytes.match(/\/S \/H1\b/g)).toHaveLength(1);
    expect(bytes.match(/\/S \/H2\b/g)).toHaveLength(6);
    expect(bytes.match(/\/S \/Table\b/g)).toHaveLength(6);
    expect(bytes.match(/\/Scope \/Column\b/g)).toHaveLength(9 + 7 + 5 + 3 + 5 + 5);
    // Each row is named by its first cell: the two sums as well.
    expect(bytes.match(/\/Scope \/Row\b/g)).toHaveLength(2 + 2 + LEDGER_STAGES.length + 1 + 2 + 61);
    // Every font is in the file.
    expect(bytes.match(/\/FontFile[23]/g)?.length).toBe(bytes.match(/\/Type \/FontDescriptor/g)?.length);
  });

  it('has words of an office, in the language asked for, and names as they are written', async () => {
    const german = pdfText(await fundStatementPdf(STATEMENT));
    for (const words of ['Gebuchte Zahlungen', 'Personal', 'Übertragen', '950.000,00', 'Łukasz Đo, Größe & Söhne'])
      expect(german).toContain(words);
    const english = pdfText(await fundStatementPdf({ ...STATEMENT, language: 'en' }));
    for (const words of ['Fund statement', 'Payments booked', 'Staff', 'Carried over', '950,000.00', '12/02/2027'])
      expect(english).toContain(words);
    for (const text of [german, english]) expect(text).not.toMatch(/[A-Z]+_[A-Z]+|PERSONAL|MOBILITAET/);
  });

  it('never leaves the signatures alone on a page, however many bookings stand before them', async () => {
    for (let count = 1; count <= 46; count += 3) {
      const last = pdfPages(await fundStatementPdf(listing(count))).at(-1) ?? '';
      expect(last).toContain('Unterschrift (Haushalt)');
      expect(last).toContain('Jürgen Müller'.slice(0, count === 1 ? 0 : 13));
      expect(last).toContain('Summe');
    }
  });

  it('lists on in further volumes, each beginning with what the one before carried over', async () => {
    const volume = { number: 1, of: 3, before: 0, carriedMinor: 0n };
    const first = pdfText(await fundStatementPdf({ ...STATEMENT, volume }));
    for (const words of [
      'Band 1 von 3',
      'Buchungen 1 bis 60 von 60',
      'Zu übertragen',
      '49.999,80',
      'geht in Band 2 weiter',
    ])
      expect(first).toContain(words);
    const second = { number: 2, of: 3, before: 60, carriedMinor: 4_999_980n };
    const text = pdfText(await fundStatementPdf({ ...listing(2), volume: second }));
    for (const words of ['Band 2 von 3', 'Buchungen 61 bis 62', 'Übertrag', '51.666,46']) expect(text).toContain(words);
    expect(text).not.toContain('Unterschrift');
    const last = { number: 3, of: 3, before: 60, carriedMinor: 4_999_980n };
    expect(pdfText(await fundStatementPdf({ ...listing(2), volume: last }))).not.toContain('weiter');
  });

  it('fits one answer as a statement', async () => {
    const bookings = Array.from({ length: LISTED_MAX }, (_, number) => ({
      ...(STATEMENT.bookings[0] as BankBooking),
      payee: `${'Ğŭ'.repeat(30)} ${number}`,
      amountMinor: 9_223_372_036_854_775_807n,
    }));
    const movements = Array.from({ length: BUDGET_YEARS_MAX }, (_, year) =>
      STATEMENT.movements.map((it) => ({ ...it, year: 2000 + year, opening: 9_223_372_036_854_775_807n })),
    ).flat();
    const bytes = await fundStatementPdf({ ...STATEMENT, bookings, movements });
    expect(bytes.toString('base64').length).toBeLessThanOrEqual(FILE_PART_CHARACTERS_MAX);
  });
});
