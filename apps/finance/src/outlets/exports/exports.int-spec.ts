import { randomUUID } from 'node:crypto';
import { decode } from 'iconv-lite';
import { formatMinor, parseMinor } from '#contracts';
import {
  exportDatev,
  exportFundStatement,
  exportJournalCsv,
  exportJournalXlsx,
  getReconciliation,
  listFundJournal,
} from '#contracts/finance';
import { amountOf, BankLoop, changedBy, EXECUTION_ON, idOf, type SentRun, single } from '../../../test/bank-loop';
import { eventually } from '#testing';
import { AUDITOR, BUDGET, FinanceWorld, OFFICER } from '../../../test/finance-world';
import { pdfText } from '../../../test/pdf-text';
import { unzipped } from '../../../test/unzip';
import { BankBookingReader } from './bank-booking.reader';
import { LISTED_MAX } from './fund-statement.service';
import { JournalReader } from './journal.reader';
import { PART_ROWS } from './part-rows';

const ENTRIES = 26_000;
const NATS_MESSAGE_MAX = 1_048_576;
/** The journal's booking days are the test's, those of the rows written past the service too. */
const YEAR = { from: '2027-01-01', to: '2028-01-01' };

let world: FinanceWorld;
let bank: BankLoop;
let sent: SentRun;
let busyFundId: string;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
  sent = await bank.sentRun();
  await bank.importFile(bank.statement(sent.payouts.map((it) => single(it))));
  busyFundId = (await world.fund({ 2027: '1000000.00' })).id;
  await bookMany(busyFundId, ENTRIES);
}, 120_000);
afterAll(() => world?.app.close());

/** Entries as the service writes them, in bulk. */
async function bookMany(fundId: string, count: number): Promise<void> {
  await world.app.asServiceRole(
    `WITH entry AS (
       INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id)
       SELECT gen_random_uuid(), $1, 'COMMITMENT_RESERVED', 'case ' || gen_random_uuid(), date '2027-03-01', 'bulk'
       FROM generate_series(1, $2::int) RETURNING id)
     INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor, category)
     SELECT entry.id, line, $1, 2027, stage, amount, 'PERSONAL' FROM entry,
       (VALUES (1, 'available', -101), (2, 'reserved', 101)) AS lines (line, stage, amount)`,
    [fundId, count],
  );
}

interface Part {
  readonly encoding: 'base64';
  readonly body: string;
  readonly nextOffset: string | null;
}

/** Follows the parts of a file; `between` happens after the first one. */
async function whole(
  read: (offset: string | undefined) => Promise<Part>,
  between: () => Promise<unknown> = async () => undefined,
): Promise<{ bytes: Buffer; parts: number; largest: number }> {
  const bytes: Buffer[] = [];
  let largest = 0;
  for (let offset: string | null | undefined; offset !== null;) {
    const part = await read(offset);
    largest = Math.max(largest, JSON.stringify(part).length);
    bytes.push(Buffer.from(part.body, part.encoding));
    offset = part.nextOffset;
    if (bytes.length === 1) await between();
  }
  return { bytes: Buffer.concat(bytes), parts: bytes.length, largest };
}

const csv = (fundId: string, offset?: string, more: object = {}) =>
  world.app.rpc(exportJournalCsv, { fundId, ...YEAR, offset, ...more }, AUDITOR);
const xlsx = (fundId: string, offset?: string) =>
  world.app.rpc(exportJournalXlsx, { fundId, ...YEAR, offset }, AUDITOR);
const datev = (fundId: string, offset?: string, more: object = {}) =>
  world.app.rpc(exportDatev, { fundId, ...YEAR, offset, consultantNumber: 1001, clientNumber: 1, ...more }, AUDITOR);

describe('the journal as CSV', () => {
  it('has every line of a year with more than 50,000, in parts that each fit a message', async () => {
    const before = process.memoryUsage().heapUsed;
    const { bytes, parts, largest } = await whole((offset) => csv(busyFundId, offset));
    const lines = bytes.toString().trimEnd().split('\r\n');
    const rows = lines.slice(1).map((line) => line.split(','));
    expect(rows).toHaveLength(2 * ENTRIES + 2);
    expect(new Set(rows.map(([entry, line]) => `${entry} ${line}`)).size).toBe(rows.length);
    expect(rows.reduce((sum, row) => sum + (parseMinor(row[9] ?? '', 'EUR') ?? 0n), 0n)).toBe(0n);
    expect(lines.filter((line) => line.startsWith('entry,'))).toHaveLength(1);
    expect(parts).toBe(Math.floor((2 * ENTRIES + 2) / PART_ROWS) + 1);
    expect(largest).toBeLessThan(NATS_MESSAGE_MAX);
    process.stdout.write(
      `${rows.length} lines in ${parts} parts, the largest ${largest} bytes; heap ${Math.round((process.memoryUsage().heapUsed - before) / 2 ** 20)} MB more\n`,
    );
  }, 60_000);

  it('is of one state: what is booked between two parts is in none', async () => {
    const { bytes } = await whole(
      (offset) => csv(busyFundId, offset),
      () => bookMany(busyFundId, 3),
    );
    const after = await whole((offset) => csv(busyFundId, offset));
    const count = (text: Buffer) => text.toString().trimEnd().split('\r\n').length;
    expect(count(after.bytes) - count(bytes)).toBe(6);
  }, 60_000);

  it('waits for whoever is posting, so that no earlier entry appears behind its back', async () => {
    const fund = await world.fund({ 2027: '10.00' });
    let read: Promise<Part> | undefined;
    await world.app.database.transaction(async (tx) => {
      await tx.query(`UPDATE ledger_account SET balance_minor = balance_minor WHERE fund_id = $1`, [fund.id]);
      const entryId = randomUUID();
      await tx.query(
        `INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id) VALUES ($1, $2, 'YEAR_LAPSED', $3, '2027-01-01', 'x')`,
        [entryId, fund.id, randomUUID()],
      );
      await tx.query(
        `INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor)
         SELECT $1, line, $2, 2027, stage, amount FROM (VALUES (1, 'available', -1), (2, 'external', 1)) AS l (line, stage, amount)`,
        [entryId, fund.id],
      );
      read = csv(fund.id);
      await tx.query('SELECT pg_sleep(0.3)');
    });
    const part = await read;
    expect(Buffer.from(part?.body ?? '', 'base64').toString()).toContain('YEAR_LAPSED');
  });

  it('shows the cost category, and as a German spreadsheet reads it: semicolon, decimal comma, byte order mark', async () => {
    const { bytes } = await whole((offset) => csv(sent.fundId, offset, { separator: 'semicolon', bom: true }));
    const text = bytes.toString('utf8');
    expect(text.startsWith('\uFEFFentry;line;kind;')).toBe(true);
    expect(text).toMatch(/;PAYOUT_ORDERED;.*;payable;PERSONAL;\d+,\d\d;EUR;/);
  });

  it('carries who booked it, and its place in the hash chain once it is sealed', async () => {
    await eventually(async () => {
      const { items } = await world.app.rpc(listFundJournal, { fundId: sent.fundId, limit: 200 }, AUDITOR);
      expect(items.every(({ seal }) => seal !== null)).toBe(true);
      const { bytes } = await whole((offset) => csv(sent.fundId, offset));
      const [headings = '', ...rows] = bytes.toString().trimEnd().split('\r\n');
      expect(headings.split(',').slice(13, 16)).toEqual(['bookedBy', 'seq', 'hash']);
      const exported = new Set(rows.map((row) => [row.split(',')[0], ...row.split(',').slice(13, 16)].join(' ')));
      const listed = items.map(({ id, bookedBy, seal }) => `${id} ${bookedBy} ${seal?.seq} ${seal?.hash}`);
      expect([...exported].sort()).toEqual(listed.sort());
    });
  }, 60_000);

  it('agrees with the journal that the API lists', async () => {
    const { items } = await world.app.rpc(listFundJournal, { fundId: sent.fundId, limit: 200 }, AUDITOR);
    const listed = items.flatMap(({ id, lines }) => lines.map((line) => `${id} ${line.stage} ${line.amount.amount}`));
    const { bytes } = await whole((offset) => csv(sent.fundId, offset));
    const rows = bytes.toString().trimEnd().split('\r\n').slice(1);
    const exported = rows.map((row) => row.split(',')).map((cell) => `${cell[0]} ${cell[7]} ${cell[9]}`);
    expect(exported.sort()).toEqual(listed.sort());
  });

  it('refuses a period without days, an unknown fund, a made-up position and a programme officer', async () => {
    const refused = (request: object, as = AUDITOR) =>
      world.app.rpc(exportJournalCsv, { fundId: busyFundId, ...YEAR, ...request }, as);
    await expect(refused({ to: '2027-01-01' })).rejects.toMatchObject({ code: 'FINANCE_EXPORT_PERIOD_INVALID' });
    await expect(refused({ fundId: randomUUID() })).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    await expect(refused({ offset: 'eyJhc09mIjoxfQ' })).rejects.toMatchObject({ code: 'PLATFORM_CURSOR_INVALID' });
    await expect(refused({}, OFFICER)).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
  });
});

describe('the journal as a workbook', () => {
  it('opens again with every line of more than 50,000, and adds up to zero', async () => {
    const { bytes, parts, largest } = await whole((offset) => xlsx(busyFundId, offset));
    expect(parts).toBeGreaterThan(25);
    expect(largest).toBeLessThan(NATS_MESSAGE_MAX);
    const sheet = unzipped(bytes)['xl/worksheets/sheet1.xml'] ?? '';
    const amounts = [...sheet.matchAll(/<c r="J(\d+)" s="2"><v>(-?[\d.]+)<\/v><\/c>/g)];
    const lines = Number(
      (
        await world.app.asServiceRole<{ count: string }>('SELECT count(*) FROM journal_line WHERE fund_id = $1', [
          busyFundId,
        ])
      )[0]?.count,
    );
    expect(lines).toBeGreaterThan(50_000);
    expect(amounts).toHaveLength(lines);
    expect(amounts.map(([, row]) => Number(row))).toEqual(Array.from({ length: lines }, (_, index) => index + 2));
    expect(amounts.reduce((sum, [, , amount = '']) => sum + (parseMinor(amount, 'EUR') ?? 0n), 0n)).toBe(0n);
  }, 60_000);

  it('is the same bytes for the same journal', async () => {
    const first = await whole((offset) => xlsx(sent.fundId, offset));
    expect((await whole((offset) => xlsx(sent.fundId, offset))).bytes.equals(first.bytes)).toBe(true);
  });
});

describe('the DATEV batch', () => {
  const rowsOf = (bytes: Buffer) =>
    decode(bytes, 'win1252')
      .trimEnd()
      .split('\r\n')
      .slice(2)
      .map((row) => row.split(';'));

  it('has each payment that the bank booked, and each that came back with its sign turned', async () => {
    const run = await bank.sentRun();
    await bank.importFile(bank.statement(run.payouts.map((it) => single(it))));
    const [first] = run.payouts;
    const returned = { amount: first?.amount.amount ?? '', endToEndId: idOf(first), returnReason: 'AC04' };
    await bank.importFile(
      bank.statement([{ amount: returned.amount, direction: 'CRDT', on: '2027-03-01', transactions: [returned] }]),
    );
    const { bytes } = await whole((offset) => datev(run.fundId, offset));
    const rows = rowsOf(bytes);
    const signed = rows.map(
      (row) => (parseMinor((row[0] ?? '').replace(',', '.'), 'EUR') ?? 0n) * (row[1] === '"S"' ? 1n : -1n),
    );
    expect(rows).toHaveLength(run.payouts.length + 1);
    const { journal } = await world.app.rpc(getReconciliation, { fundId: run.fundId }, AUDITOR);
    expect(
      formatMinor(
        signed.reduce((sum, it) => sum + it, 0n),
        'EUR',
      ),
    ).toBe(journal.paid.amount);
    expect(rows.map((row) => row[9])).toEqual([...run.payouts.map(() => '1202'), '0103']);
    const february = await whole((offset) => datev(run.fundId, offset, { from: '2027-02-01', to: '2027-03-01' }));
    expect(rowsOf(february.bytes).every((row) => row[1] === '"S"')).toBe(true);
  });

  it('goes on over several parts, and is refused when the period gets a booking meanwhile', async () => {
    const fundId = await furtherPayments(2_500);
    const { bytes, parts, largest } = await whole((offset) => datev(fundId, offset));
    expect(parts).toBe(2);
    expect(largest).toBeLessThan(NATS_MESSAGE_MAX);
    expect(rowsOf(bytes)).toHaveLength(2_500 + sent.payouts.length);
    const changing = whole(
      (offset) => datev(fundId, offset),
      () => bookPayment(fundId, { cents: 1, on: '2027-06-01' }),
    );
    await expect(changing).rejects.toMatchObject({ code: 'FINANCE_EXPORT_CHANGED' });
  }, 60_000);

  it('has a part of a payment as the bank booked it, and bank charges', async () => {
    const run = await bank.sentRun();
    const [first] = run.payouts;
    const part = changedBy(amountOf(first), -5n);
    await bank.importFile(
      bank.statement([{ amount: part, on: '2027-02-12', transactions: [{ amount: part, endToEndId: idOf(first) }] }]),
    );
    await bank.bookCharge(run.fundId, '2.50');
    const { bytes } = await whole((offset) => datev(run.fundId, offset));
    const rows = rowsOf(bytes).map((row) => [row[0], row[1], row[6], row[13]?.split(' ')[0]]);
    expect(rows).toEqual(
      expect.arrayContaining([
        [part.replace('.', ','), '"S"', '6020', '"Teil'],
        ['2,50', '"S"', '6855', '"Bankentgelt"'],
      ]),
    );
    expect(rows).toHaveLength(2);
  });

  it('is refused without consultant and client number, naming each that is missing', async () => {
    const refused = (more: object) =>
      world.app.rpc(exportDatev, { fundId: sent.fundId, ...YEAR, ...more }, AUDITOR).catch((error: unknown) => error);
    expect(await refused({})).toMatchObject({
      code: 'FINANCE_DATEV_NUMBER_MISSING',
      errors: [{ pointer: '#/consultantNumber' }, { pointer: '#/clientNumber' }],
    });
    expect(await refused({ consultantNumber: 29098 })).toMatchObject({ errors: [{ pointer: '#/clientNumber' }] });
  });

  it('is refused over two calendar years', async () => {
    await expect(datev(sent.fundId, undefined, { to: '2028-02-01' })).rejects.toMatchObject({
      code: 'FINANCE_EXPORT_PERIOD_INVALID',
    });
  });
});

describe('a file that has a limit', () => {
  it('is refused above it instead of ending early', async () => {
    const TOO_LARGE = { code: 'FINANCE_EXPORT_TOO_LARGE', details: { rowsMax: 4 } };
    const range = { fundId: sent.fundId, ...YEAR };
    const reader = <R>(type: new (...parameters: never[]) => R): R => world.app.app.get<R>(type, { strict: false });
    await expect(reader(JournalReader).begin(range, 4)).rejects.toMatchObject(TOO_LARGE);
    await expect(reader(BankBookingReader).begin(range, 4)).rejects.toMatchObject(TOO_LARGE);
  });
});

describe('the statement of a fund', () => {
  const statement = async (fundId: string) => {
    const { body, encoding, mediaType } = await world.app.rpc(exportFundStatement, { fundId, ...YEAR }, BUDGET);
    expect(mediaType).toBe('application/pdf');
    return pdfText(Buffer.from(body, encoding));
  };

  it('shows balances, movements, each payment and lines for signatures', async () => {
    const { journal } = await world.app.rpc(getReconciliation, { fundId: (await bookedRun()).fundId }, AUDITOR);
    const text = await statement((await bookedRun()).fundId);
    expect(text).toContain('Fondsauszug');
    expect(text).toContain('Zeitraum: 01.01.2027 bis 31.12.2027');
    expect(text).toContain('Jürgen Müller');
    expect(text).toContain(germanAmount(journal.paid.amount));
    expect(text).toContain('Unterschrift (Haushalt)');
    const english = await world.app.rpc(exportFundStatement, { fundId: sent.fundId, ...YEAR, language: 'en' }, BUDGET);
    expect(pdfText(Buffer.from(english.body, english.encoding))).toContain('Place, date, signature (budget)');
  });

  it('goes on in further volumes where it has many payments, and the last one ends with their sum', async () => {
    const fundId = await furtherPayments(LISTED_MAX);
    const [sums] = await world.app.asServiceRole<{ paid: string }>(
      `SELECT sum(amount_minor) AS paid FROM journal_line WHERE fund_id = $1 AND stage = 'paid'`,
      [fundId],
    );
    const text = await statement(fundId);
    expect(text).toMatch(new RegExp(`Buchungen 1 bis ${LISTED_MAX} von \\d+`));
    expect(text).toContain(germanAmount(formatMinor(BigInt(sums?.paid ?? 0), 'EUR')));
    const volume = (number: number) => world.app.rpc(exportFundStatement, { fundId, ...YEAR, volume: number }, BUDGET);
    // Other tests have booked on this fund, too.
    const volumes = Number(/Band 1 von (\d+)/.exec(text)?.[1]);
    expect(volumes).toBeGreaterThanOrEqual(2);
    const last = await volume(volumes);
    expect(last.fileName).toContain(`band-${volumes}`);
    const rest = pdfText(Buffer.from(last.body, last.encoding));
    const paid = germanAmount(formatMinor(BigInt(sums?.paid ?? 0), 'EUR'));
    for (const words of [`Band ${volumes} von ${volumes}`, 'Übertrag', paid]) expect(rest).toContain(words);
    await expect(volume(volumes + 1)).rejects.toMatchObject({
      code: 'FINANCE_EXPORT_VOLUME_UNKNOWN',
      details: { volumes },
    });
  });

  it('is refused for a period without days', async () => {
    const request = { fundId: sent.fundId, from: '2027-02-01', to: '2027-02-01' };
    await expect(world.app.rpc(exportFundStatement, request, BUDGET)).rejects.toMatchObject({
      code: 'FINANCE_EXPORT_PERIOD_INVALID',
    });
  });
});

async function bookedRun(): Promise<SentRun> {
  const run = await bank.sentRun();
  await bank.importFile(bank.statement(run.payouts.map((it) => single(it))));
  return run;
}

/** Further payments of one fund, a cent each: parts of a payout in one entry of the bank, and in the journal. */
async function furtherPayments(count: number): Promise<string> {
  await world.app.testDatabase.asAdmin(
    `INSERT INTO bank_match (id, bank_entry_id, fund_id, payout_id, payment_run_id, kind, rule, amount_minor, decided_by, decided_at)
     SELECT gen_random_uuid(), bank_entry_id, fund_id, payout_id, payment_run_id, kind, rule, 1, decided_by, decided_at
     FROM (SELECT * FROM bank_match WHERE fund_id = $1 ORDER BY id LIMIT 1) m, generate_series(1, $2::int)`,
    [sent.fundId, count],
  );
  await bookPayment(sent.fundId, { cents: count, on: EXECUTION_ON });
  return sent.fundId;
}

/** What only the journal knows of. */
async function bookPayment(fundId: string, { cents, on }: { cents: number; on: string }): Promise<void> {
  await world.app.testDatabase.asAdmin(
    `WITH entry AS (
       INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id)
       VALUES (gen_random_uuid(), $1, 'PAYMENT_BOOKED', 'x:' || gen_random_uuid(), $3::date, 'bulk') RETURNING id)
     INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor, category)
     SELECT entry.id, line, $1, 2027, stage, amount,
       (SELECT category FROM payout JOIN bank_match m ON m.payout_id = payout.id WHERE m.fund_id = $1 ORDER BY m.id LIMIT 1)
     FROM entry, (VALUES (1, 'payable', -$2::int), (2, 'paid', $2::int)) AS lines (line, stage, amount)`,
    [fundId, cents, on],
  );
}

function germanAmount(amount: string): string {
  const [whole = '0', cents = '00'] = amount.split('.');
  return `${whole.replaceAll(/\B(?=(\d{3})+$)/g, '.')},${cents}`;
}
