import { decode } from 'iconv-lite';
import { toMoney } from '#contracts';
import { toCsv } from './csv';
import { datevFile } from './datev';
import { DATEV_COLUMNS } from './datev.data';
import { fundStatementPdf } from './fund-statement';
import { type JournalLineRow, journalCells } from './journal-rows';
import { journalWorkbook } from './journal-workbook';

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
  it('is a ZIP with the sheet in it', async () => {
    const bytes = await journalWorkbook([LINE]);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.includes('xl/worksheets/sheet1.xml')).toBe(true);
  });
});

describe('the DATEV batch', () => {
  const bytes = datevFile({
    createdAt: new Date('2027-03-01T08:09:10.123Z'),
    consultantNumber: 1001,
    clientNumber: 7,
    from: '2027-02-01',
    until: '2027-02-28',
    bookings: [
      {
        amountMinor: 1_234_567n,
        currency: 'EUR',
        bookedOn: '2027-02-05',
        category: 'PERSONAL',
        budgetYear: 2027,
        voucher: 'a-1:2 ü',
        text: 'Rate 1 Jürgen "Jo" Müller €',
      },
    ],
  });
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
    expect(row.slice(6, 11)).toEqual(['6020', '1800', '', '0502', '"a-12"']);
    expect(row[13]).toBe('"Rate 1 Jürgen ""Jo"" Müller €"');
    expect(row.slice(36, 38)).toEqual(['"2027"', '"PERSONAL"']);
  });

  it('is CP1252: one byte for an umlaut and for the euro sign', () => {
    expect(bytes.includes(Buffer.from([0x4a, 0xfc, 0x72]))).toBe(true);
    expect(bytes.includes(Buffer.from([0x20, 0x80]))).toBe(true);
  });
});

describe('the statement of a fund', () => {
  const zero = toMoney(0n, 'EUR');
  const stages = {
    released: toMoney(100_000_000n, 'EUR'),
    external: toMoney(-100_000_000n, 'EUR'),
    available: toMoney(75_000_000n, 'EUR'),
    reserved: zero,
    committed: toMoney(20_000_000n, 'EUR'),
    payable: zero,
    paid: toMoney(5_000_000n, 'EUR'),
    returned: zero,
  };
  const statement = {
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
    balances: {
      fundId: '0193b3a4-0000-7000-8000-000000000001',
      asOf: null,
      years: [{ year: 2027, ...stages }],
      total: stages,
    },
    byKind: [{ kind: 'PAYMENT_BOOKED' as const, entries: 60, amount: toMoney(5_000_000n, 'EUR') }],
    payments: Array.from({ length: 60 }, (_, index) => ({
      bookedOn: '2027-02-12',
      payee: index === 0 ? 'Łukasz Đỗ, Größe & Söhne' : `Jürgen Müller ${index}`,
      category: 'PERSONAL',
      budgetYear: 2027,
      amount: toMoney(83_333n, 'EUR'),
    })),
    paid: toMoney(4_999_980n, 'EUR'),
  };

  it('is a PDF of several pages and the same bytes for the same input', async () => {
    const bytes = await fundStatementPdf(statement);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2);
    expect((await fundStatementPdf(statement)).equals(bytes)).toBe(true);
  });
});
