import { randomBytes, randomUUID } from 'node:crypto';
import { decode } from 'iconv-lite';
import { FILE_PART_CHARACTERS_MAX } from '#contracts';
import { SHIPPED_DATEV_ACCOUNTS } from '../../../test/shipped-rules';
import { unzipped } from '../../../test/unzip';
import { toCsv } from './csv';
import { DatedRules } from '#rules';
import { datevHead, datevRows } from './datev';
import { DATEV_ACCOUNTS } from './datev-accounts.reader';
import { DATEV_COLUMNS } from './datev.data';
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
  instructedMinor: 16_800_000_00n,
  instructedCurrency: 'TZS',
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
    expect(sheet).toContain('<c r="Q2" s="2"><v>16800000.00</v></c><c r="R2"');
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
  const bytes = Buffer.concat([head, datevRows([booking], SHIPPED_DATEV_ACCOUNTS)]);
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
    const back = decode(datevRows([returned], SHIPPED_DATEV_ACCOUNTS), 'win1252').split(';');
    expect(back.slice(0, 2)).toEqual(['12345,67', '"H"']);
    expect(back.slice(6, 8)).toEqual(['6020', '1800']);
    expect(back[13]).toContain('Rückläufer Rate 1');
  });

  it('books on the account of the day of the booking', () => {
    const rows = SHIPPED_DATEV_ACCOUNTS.rows.flatMap((row) =>
      row.key === 'account-personal'
        ? [
            { ...row, validTo: '2027-02-12' },
            { ...row, value: '6022', validFrom: '2027-02-12' },
          ]
        : [row],
    );
    const accounts = new DatedRules(DATEV_ACCOUNTS, rows);
    const days = ['2027-02-11', '2027-02-12'].map((bookedOn) => ({ ...booking, bookedOn }));
    const written = decode(datevRows(days, accounts), 'win1252').trimEnd().split('\r\n');
    expect(written.map((row) => row.split(';')[6])).toEqual(['6020', '6022']);
  });

  it('books parts, charges and what debtors paid, each on its account', () => {
    const none = { payee: null, payoutId: null, instalment: null, category: null };
    const written = decode(
      datevRows(
        [
          { ...booking, isPart: true },
          { ...booking, ...none, kind: 'CHARGE', amountMinor: 150n },
          { ...booking, ...none, kind: 'CLAIM', amountMinor: -5000n },
          { ...booking, ...none, kind: 'OTHER', amountMinor: 1n },
        ],
        SHIPPED_DATEV_ACCOUNTS,
      ),
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
    expect(bytes.toString('base64').length).toBeLessThanOrEqual(FILE_PART_CHARACTERS_MAX);
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
    const bytes = datevRows(
      Array.from({ length: PART_ROWS }, () => booking),
      SHIPPED_DATEV_ACCOUNTS,
    );
    expect(bytes.toString('base64').length).toBeLessThanOrEqual(FILE_PART_CHARACTERS_MAX);
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
    expect(bytes.toString('base64').length).toBeLessThanOrEqual(FILE_PART_CHARACTERS_MAX);
  });
});
