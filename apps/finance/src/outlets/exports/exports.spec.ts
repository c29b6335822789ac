import { randomBytes, randomUUID } from 'node:crypto';
import { decode } from 'iconv-lite';
import { BUDGET_YEARS_MAX, FILE_PART_MAX, LEDGER_STAGES, type LedgerStage } from '#contracts/finance';
import { pdfPages, pdfText } from '../../../test/pdf-text';
import { unzipped } from '../../../test/unzip';
import { toCsv } from './csv';
import { datevHead, datevRows } from './datev';
import { DATEV_COLUMNS } from './datev.data';
import type { BankBooking } from './bank-booking.reader';
import { type FundStatement, fundStatementPdf } from './fund-statement';
import { LISTED_MAX } from './fund-statement.service';
import { type JournalLineRow, journalCells } from './journal-rows';
import { SHEET_END, sheetRows, sheetStart } from './journal-workbook';
import { readPosition, writePosition } from './file-part';
import { PART_ROWS } from './part-rows';
import { SHEET_PATH, STATIC_ENTRIES } from './workbook-parts';
import { PartedZip } from './zip-parts';

const LINE: JournalLineRow = {
  entryId: '0193b3a4-0000-7000-8000-000000000001',
  line: 1,
  kind: 'PAYMENT_BOOKED',
  reference: '=1+1',
  bookedAt: new Date('2027-02-12T10:00:00Z'),
  effectiveOn: '2027-02-12',
  correlationId: '-x',
  year: 2027,
  stage: 'payable',
  category: 'PERSONAL',
  reversesEntryId: null,
  bookedBy: 'finance-officer-1',
  seq: 41n,
  hash: 'ab'.repeat(32),
  amountMinor: -123_456n,
  currency: 'EUR',
};

describe('the CSV', () => {
  it('guards what a spreadsheet would run as a formula and leaves numbers alone', () => {
    const text = toCsv([['=1+1', '@x', '+49', '-1234.56', '-x', '\tx', 'plain']], {
      separator: ',',
      hasByteOrderMark: false,
    });
    expect(text.toString()).toBe("'=1+1,'@x,'+49,-1234.56,'-x,'\tx,plain\r\n");
  });

  it('quotes separators, quotes and line breaks', () => {
    const options = { separator: ';', hasByteOrderMark: true } as const;
    expect(toCsv([['a;b', 'say "hi"', 'two\nlines', 'ä,b']], options).toString()).toBe(
      '\uFEFF"a;b";"say ""hi""";"two\nlines";ä,b\r\n',
    );
  });

  it('writes amounts with the decimal sign asked for', () => {
    expect(journalCells(LINE, ',')).toContain('-1234,56');
    expect(journalCells(LINE, '.')).toContain('-1234.56');
  });
});

describe('the workbook', () => {
  it('is the same bytes however its rows are cut into parts, once they are unpacked', () => {
    const rows = Array.from({ length: 50 }, (_, index) => ({
      ...LINE,
      line: index + 1,
      reference: `<&${index}>\u0001`,
    }));
    const whole = workbook([rows]);
    const parts = workbook([rows.slice(0, 7), rows.slice(7, 8), [], rows.slice(8)]);
    expect(unzipped(parts)).toEqual(unzipped(whole));
    expect(Object.keys(unzipped(whole))).toEqual([...STATIC_ENTRIES.map(([path]) => path), SHEET_PATH]);
    const sheet = unzipped(parts)[SHEET_PATH] ?? '';
    expect(sheet.match(/<row /g)).toHaveLength(51);
    expect(sheet).toContain('&lt;&amp;49&gt;</t>');
    expect(sheet).toContain('<c r="J51" s="2"><v>-1234.56</v></c>');
  });

  it('has real days and instants, and the place of each entry in the chain', () => {
    const { [SHEET_PATH]: sheet = '', 'xl/styles.xml': styles = '' } = unzipped(workbook([[LINE]]));
    // 2027-02-12 is day 46430 of a spreadsheet's calendar; ten o'clock is 10/24 of it.
    expect(sheet).toContain('<c r="E2" s="4"><v>46430.41666667</v></c><c r="F2" s="3"><v>46430</v></c>');
    expect(sheet).toContain(
      `<c r="O2" s="0"><v>41</v></c><c r="P2" s="0" t="inlineStr"><is><t xml:space="preserve">${LINE.hash}</t>`,
    );
    expect(styles).toContain('numFmtId="164" formatCode="yyyy\\-mm\\-dd"');
    expect(styles.match(/<xf numFmtId="16[45]"/g)).toHaveLength(2);
  });
});

describe('the position in a file', () => {
  it('is read as it was written, and refused when it was made up', () => {
    const position = {
      asOf: '2027-02-12T10:00:00.123456Z',
      rows: 3,
      written: 2,
      after: ['2027-02-12T10:00:00.123456Z', LINE.entryId, 2] as [string, string, number],
      entry: { crc: 4_294_967_295, compressed: 10, size: 20 },
    };
    expect(readPosition(writePosition(position))).toEqual(position);
    for (const text of [
      '',
      'x',
      writePosition({ ...position, asOf: "now'" }),
      writePosition({ ...position, rows: -1 }),
    ]) {
      expect(() => readPosition(text)).toThrow('PLATFORM_CURSOR_INVALID');
    }
  });
});

/** What a service does over several requests. */
function workbook(parts: readonly (readonly JournalLineRow[])[]): Buffer {
  const zip = new PartedZip(STATIC_ENTRIES, SHEET_PATH);
  const first = zip.add(sheetStart(), { crc: 0, compressed: 0, size: 0 });
  const written = [zip.start(), first.bytes];
  let { state } = first;
  let number = 2;
  for (const rows of parts) {
    const next = zip.add(sheetRows(rows, number), state);
    written.push(next.bytes);
    state = next.state;
    number += rows.length;
  }
  return Buffer.concat([...written, zip.end(SHEET_END, state)]);
}

describe('the DATEV batch', () => {
  const booking = {
    amountMinor: 1_234_567n,
    currency: 'EUR',
    bookedOn: '2027-02-05',
    id: '0193b3a4-0000-7000-8000-000000000002',
    number: 0,
    kind: 'PAYMENT' as const,
    payee: 'Jürgen "Jo" Müller €',
    payoutId: '0193b3a4-0000-7000-8000-000000000003',
    instalment: 1,
    isPart: false,
    category: 'PERSONAL' as const,
    budgetYear: 2027,
  };
  const head = datevHead({
    createdAt: new Date('2027-03-01T08:09:10.123Z'),
    consultantNumber: 1001,
    clientNumber: 7,
    from: '2027-02-01',
    until: '2027-02-28',
  });
  const bytes = Buffer.concat([head, datevRows([booking])]);
  const lines = decode(bytes, 'win1252').split('\r\n');
  const header = lines[0]?.split(';') ?? [];
  const row = lines[2]?.split(';') ?? [];

  it('begins with the header of version 700, category 21', () => {
    expect(header).toHaveLength(31);
    expect(header.slice(0, 6)).toEqual(['"EXTF"', '700', '21', '"Buchungsstapel"', '13', '20270301080910123']);
    expect(header.slice(10, 16)).toEqual(['1001', '7', '20270101', '4', '20270201', '20270228']);
  });

  it('has 125 columns in every line and ends with one', () => {
    expect(DATEV_COLUMNS).toHaveLength(125);
    expect(lines[1]?.split(';')).toHaveLength(125);
    expect(row).toHaveLength(125);
    expect(lines).toHaveLength(4);
  });

  it('writes a decimal comma, day and month, and the accounts', () => {
    expect(row.slice(0, 3)).toEqual(['12345,67', '"S"', '"EUR"']);
    expect(row.slice(6, 11)).toEqual(['6020', '1800', '', '0502', '"0193b3a4000070008000000000000003"']);
    expect(row[13]).toBe('"Rate 1 Jürgen ""Jo"" Müller €"');
    expect(row.slice(36, 38)).toEqual(['"2027"', '"PERSONAL"']);
  });

  it('has the header of the sample of the developer portal, field by field', () => {
    const sample =
      '"EXTF";700;21;"Buchungsstapel";13;20240130140440439;;"RE";"";"";29098;55003;20240101;4;20240101;20240831;"Buchungsstapel";"WD";1;0;0;"EUR";;"";;;"03";;;"";""';
    const kinds = (fields: readonly string[]) =>
      fields.map((field) => (field.startsWith('"') ? 'text' : /^\d*$/.test(field)));
    expect(kinds(header)).toEqual(kinds(sample.split(';')));
    expect([...header.slice(7, 8), ...header.slice(18, 22), header[26]]).toEqual([
      '"RE"',
      '1',
      '0',
      '0',
      '"EUR"',
      '"04"',
    ]);
  });

  it('books what came back to the credit of the same account', () => {
    const returned = { ...booking, kind: 'RETURN' as const, amountMinor: -1_234_567n };
    const back = decode(datevRows([returned]), 'win1252').split(';');
    expect(back.slice(0, 2)).toEqual(['12345,67', '"H"']);
    expect(back.slice(6, 8)).toEqual(['6020', '1800']);
    expect(back[13]).toContain('Rückläufer Rate 1');
  });

  it('books parts, charges and what debtors paid, each on its account', () => {
    const none = { payee: null, payoutId: null, instalment: null, category: null };
    const written = decode(
      datevRows([
        { ...booking, isPart: true },
        { ...booking, ...none, kind: 'CHARGE', amountMinor: 150n },
        { ...booking, ...none, kind: 'CLAIM', amountMinor: -5000n },
        { ...booking, ...none, kind: 'OTHER', amountMinor: 1n },
      ]),
      'win1252',
    );
    const rows = written
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(';'));
    expect(rows.map((cells) => [cells[0], cells[1], cells[6], cells[13]])).toEqual([
      ['12345,67', '"S"', '6020', '"Teil Rate 1 Jürgen ""Jo"" Müller €"'],
      ['1,50', '"S"', '6855', '"Bankentgelt"'],
      ['50,00', '"H"', '4830', '"Erstattung eines Schuldners"'],
      ['0,01', '"S"', '1370', '"Buchung laut Journal"'],
    ]);
    expect(rows[1]?.[10]).toBe('"0193b3a4000070008000000000000002"');
  });

  it('is CP1252: one byte for an umlaut and for the euro sign', () => {
    expect(bytes.includes(Buffer.from([0x4a, 0xfc, 0x72]))).toBe(true);
    expect(bytes.includes(Buffer.from([0x20, 0x80]))).toBe(true);
  });
});

const STAGES: Readonly<Record<LedgerStage, bigint>> = {
  external: -100_000_000n,
  available: 75_000_000n,
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
      released: 90_000_000n,
      carriedOver: 8_000_000n,
      lapsed: -1n,
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
  const listing = (count: number): FundStatement => ({ ...STATEMENT, bookings: STATEMENT.bookings?.slice(0, count) });

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
    expect(bytes.match(/\/Scope \/Column\b/g)).toHaveLength(8 + 6 + 5 + 3 + 5 + 5);
    // Each row is named by its first cell: the two sums as well.
    expect(bytes.match(/\/Scope \/Row\b/g)).toHaveLength(2 + 2 + LEDGER_STAGES.length + 1 + 2 + 61);
    // Every font is in the file.
    expect(bytes.match(/\/FontFile[23]/g)?.length).toBe(bytes.match(/\/Type \/FontDescriptor/g)?.length);
  });

  it('has words of an office, in the language asked for, and names as they are written', async () => {
    const german = pdfText(await fundStatementPdf(STATEMENT));
    for (const words of ['Gebuchte Zahlungen', 'Personal', 'Übertragen', '900.000,00', 'Łukasz Đo, Größe & Söhne'])
      expect(german).toContain(words);
    const english = pdfText(await fundStatementPdf({ ...STATEMENT, language: 'en' }));
    for (const words of ['Fund statement', 'Payments booked', 'Staff', 'Carried over', '900,000.00', '12/02/2027'])
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
    const last = pdfPages(await fundStatementPdf({ ...STATEMENT, bookings: undefined })).at(-1) ?? '';
    expect(last).toContain('sie stehen vollständig im Journalexport');
  });
});

describe('a part with rows at their widest', () => {
  // What a column can hold at most, in letters that take the most bytes.
  const id = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  const widest: JournalLineRow = {
    ...LINE,
    entryId: id,
    line: 1_000,
    kind: 'CLAIM_PAYMENT_REVERSED',
    reference: `${id}/1000`,
    correlationId: id,
    stage: 'committed',
    category: 'AUSSTATTUNG',
    reversesEntryId: id,
    amountMinor: -9_223_372_036_854_775_807n,
  };
  const rows = Array.from({ length: PART_ROWS }, () => widest);

  it('fits one answer as CSV', () => {
    const cells = rows.map((row) => journalCells(row, ','));
    const bytes = toCsv([...cells], { separator: ';', hasByteOrderMark: true });
    expect(bytes.toString('base64').length).toBeLessThanOrEqual(FILE_PART_MAX);
  });

  it('fits one answer as a DATEV batch', () => {
    const booking = {
      id,
      number: 0,
      kind: 'RETURN',
      bookedOn: '2027-02-12',
      payee: 'Ü'.repeat(70),
      payoutId: id,
      instalment: 1_000,
      isPart: false,
      category: 'AUSSTATTUNG',
      budgetYear: 2027,
      amountMinor: -9_223_372_036_854_775_807n,
      currency: 'EUR',
    } as const;
    const bytes = datevRows(Array.from({ length: PART_ROWS }, () => booking));
    expect(bytes.toString('base64').length).toBeLessThanOrEqual(FILE_PART_MAX);
  });

  it('fits one answer as a statement', async () => {
    const bookings = Array.from({ length: LISTED_MAX }, (_, number) => ({
      ...(STATEMENT.bookings?.[0] as BankBooking),
      payee: `${'Ğŭ'.repeat(30)} ${number}`,
      amountMinor: 9_223_372_036_854_775_807n,
    }));
    const movements = Array.from({ length: BUDGET_YEARS_MAX }, (_, year) =>
      STATEMENT.movements.map((it) => ({ ...it, year: 2000 + year, opening: 9_223_372_036_854_775_807n })),
    ).flat();
    const bytes = await fundStatementPdf({ ...STATEMENT, bookings, movements });
    expect(bytes.toString('base64').length).toBeLessThanOrEqual(FILE_PART_MAX);
  });

  it('fits one answer as a workbook that nothing compresses', () => {
    // Ids are what compresses least: each row has others.
    const random = rows.map((row) => ({
      ...row,
      hash: randomBytes(32).toString('hex'),
      entryId: randomUUID(),
      reference: `${randomUUID()}/1000`,
      correlationId: randomUUID(),
      reversesEntryId: randomUUID(),
    }));
    const { bytes } = new PartedZip(STATIC_ENTRIES, SHEET_PATH).add(`${sheetStart()}${sheetRows(random, 2)}`, {
      crc: 0,
      compressed: 0,
      size: 0,
    });
    expect(bytes.toString('base64').length).toBeLessThanOrEqual(FILE_PART_MAX);
  });
});
