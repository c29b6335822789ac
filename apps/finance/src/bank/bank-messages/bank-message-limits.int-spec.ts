import fc from 'fast-check';
import { AppError } from '#contracts';
import { BANK_MESSAGE_SCHEMAS, type Iso20022Schema, loadCompiler } from '../../payments/iso20022/iso20022-schemas';
import type { EntryRows, ParsedBankMessage } from '../bank-entries/parsed-message';
import { ENTRIES_MAX, STATEMENTS_MAX, TRANSACTIONS_MAX } from './account-report';
import { BANK_MESSAGE_LIMITS, BankMessageParser } from './bank-message-parser';
import { BATCH_REFERENCES_MAX, REMITTANCE_CHARACTERS_MAX } from './entry-element';
import { INDIVISIBLE_CHARACTERS_MAX, type SchemaOf } from './schema-check';
import { ANSWERS_MAX } from './status-report';

/** The limits of the reader are met before the definition is asked: here it has no say. */
const NO_SCHEMA: SchemaOf = () => ({ assertValid: () => undefined });

interface Read {
  readonly message: ParsedBankMessage;
  readonly rows: readonly EntryRows[];
}

function read(xml: string, schemaOf = NO_SCHEMA, chunk = 65_536): Read {
  const rows: EntryRows[] = [];
  const parser = new BankMessageParser((some) => rows.push(some), schemaOf);
  for (let start = 0; start < xml.length; start += chunk) parser.push(xml.slice(start, start + chunk));
  return { message: parser.finish(), rows };
}

function refusal(xml: string, schemaOf = NO_SCHEMA): AppError {
  try {
    read(xml, schemaOf);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

const ENTRY = (more = '', amount = '1.00') =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2027-01-04</Dt></BookgDt><BkTxCd></BkTxCd>${more}</Ntry>`;
const TRANSACTION = (more = '') => `<TxDtls><Amt Ccy="EUR">1.00</Amt>${more}</TxDtls>`;
const details = (...transactions: string[]) => `<NtryDtls>${transactions.join('')}</NtryDtls>`;
const BALANCE = `<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2027-01-04</Dt></Dt></Bal>`;
const STATEMENT = (entries: string, { id = 'S', head = '', attributes = '', balances = BALANCE } = {}) =>
  `<Stmt${attributes}><Id>${id}</Id>${head}<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>${balances}${entries}</Stmt>`;
const CAMT = (statements: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2027-01-04T00:00:00Z</CreDtTm></GrpHdr>${statements}</BkToCstmrStmt></Document>`;
const PAIN = (payments: string, id = 'M') =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>R</MsgId><CreDtTm>2027-02-12T10:00:00Z</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>${id}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>P</OrgnlPmtInfId>${payments}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;
const ANSWER = (id: string, more = '') =>
  `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>RJCT</TxSts>${more}</TxInfAndSts>`;
const one = (entry: string) => CAMT(STATEMENT(entry));
const times = (count: number, text: string) => text.repeat(count);

const L = BANK_MESSAGE_LIMITS;
const REMITTANCE_LINE = 'x'.repeat(1999);

/** What each limit is about, at the limit and one above it, and the element that the refusal names. */
const LIMITS: readonly [limit: string, of: (count: number) => string, max: number, element: string][] = [
  ['depth', (n) => one(ENTRY(times(n - 4, '<a>') + times(n - 4, '</a>'))), L.depth, '/Ntry/a'],
  [
    'attributes',
    (n) => CAMT(STATEMENT('', { attributes: Array.from({ length: n }, (_, i) => ` a${i}="1"`).join('') })),
    L.attributes,
    '/Stmt',
  ],
  ['nameCharacters', (n) => one(ENTRY(`<${'a'.repeat(n)}/>`)), L.nameCharacters, '/Ntry'],
  ['attributeCharacters', (n) => one(ENTRY(`<a b="${'c'.repeat(n)}"/>`)), L.attributeCharacters, '/a/@b'],
  [
    'textCharacters',
    (n) => one(ENTRY(`<AddtlNtryInf>${'a'.repeat(n)}</AddtlNtryInf>`)),
    L.textCharacters,
    '/Ntry/AddtlNtryInf',
  ],
  [
    'textCharacters',
    (n) => one(ENTRY(`<AddtlNtryInf>${'<![CDATA[a]]><!-- -->'.repeat(n)}</AddtlNtryInf>`)),
    L.textCharacters,
    '/Ntry/AddtlNtryInf',
  ],
  [
    'textCharacters',
    (n) => one(ENTRY(`<AddtlNtryInf>${'&#x10FFFF;'.repeat(n / 2)}${'&amp;'.repeat(n % 2)}</AddtlNtryInf>`)),
    L.textCharacters,
    '/Ntry/AddtlNtryInf',
  ],
  ['commentCharacters', (n) => one(ENTRY(`<!--${'a'.repeat(n)}-->`)), L.commentCharacters, '/Ntry'],
  ['elementsAtOnce', (n) => one(ENTRY(times(n - 27, '<a/>'))), L.elementsAtOnce, '/Ntry/a'],
  ['entries', (n) => one(times(n, ENTRY())), ENTRIES_MAX, `/Ntry[${ENTRIES_MAX + 1}]`],
  [
    'transactions',
    (n) => one(ENTRY(details(...Array.from({ length: n }, () => TRANSACTION())))),
    TRANSACTIONS_MAX,
    `/TxDtls[${TRANSACTIONS_MAX + 1}]`,
  ],
  ['statements', (n) => CAMT(times(n, STATEMENT(''))), STATEMENTS_MAX, `/Stmt[${STATEMENTS_MAX + 1}]`],
  [
    'batchReferences',
    (n) => one(ENTRY(times(n, '<NtryDtls><Btch><PmtInfId>P</PmtInfId></Btch></NtryDtls>'))),
    BATCH_REFERENCES_MAX,
    '/Ntry[1]',
  ],
  [
    'remittanceCharacters',
    (n) =>
      one(
        ENTRY(
          details(
            TRANSACTION(
              `<RmtInf>${times(5, `<Ustrd>${REMITTANCE_LINE}</Ustrd>`)}<Ustrd>${'x'.repeat(n - 10_000)}</Ustrd></RmtInf>`,
            ),
          ),
        ),
      ),
    REMITTANCE_CHARACTERS_MAX,
    '/TxDtls[1]/RmtInf',
  ],
  ['referenceCharacters', (n) => CAMT(STATEMENT('', { id: 'x'.repeat(n) })), 35, '/Stmt[1]/Id'],
  ['referenceCharacters', (n) => one(ENTRY(`<AcctSvcrRef>${'x'.repeat(n)}</AcctSvcrRef>`)), 35, '/Ntry[1]/AcctSvcrRef'],
  ['referenceCharacters', (n) => PAIN('', 'x'.repeat(n)), 35, '/OrgnlGrpInfAndSts/OrgnlMsgId'],
  ['amountCharacters', (n) => one(ENTRY('', `1.${'0'.repeat(n - 2)}`)), 20, '/Ntry[1]/Amt'],
  [
    'answers',
    (n) => PAIN(times(n, '<TxInfAndSts><OrgnlEndToEndId>E</OrgnlEndToEndId><TxSts>RJCT</TxSts></TxInfAndSts>')),
    ANSWERS_MAX,
    `/TxInfAndSts[${ANSWERS_MAX + 1}]`,
  ],
];

describe('a limit of bank messages', () => {
  it.each(LIMITS)('%s: as much is read, and one more is refused at its place', (limit, of, max, element) => {
    expect(read(of(max)).message.messageId).toMatch(/^[MR]$/);
    const { code, details: stated } = refusal(of(max + 1));
    expect({ code, ...stated }).toMatchObject({ code: 'FINANCE_FILE_LIMIT_EXCEEDED', limit, max });
    expect(stated?.['element']).toContain(element);
    expect(stated?.['line']).toEqual(expect.any(Number));
  });

  it('holds for amounts: 10^15 minor units of an entry, 10^16 of a statement', () => {
    const entry = ENTRY('', '10000000000000.00');
    expect(read(one(times(10, entry))).message).toMatchObject({ statements: [{ entriesMinor: -(10n ** 16n) }] });
    expect(refusal(one(ENTRY('', '10000000000000.01'))).details).toMatchObject({ limit: 'amountMinor' });
    expect(refusal(one(times(10, entry) + ENTRY('', '0.01'))).details).toMatchObject({ limit: 'statementMinor' });
  });

  it('counts all elements, also those that were read long ago', () => {
    const all = L.elements;
    const xml = one(times(4, ENTRY(times(all / 100, '<a/>'))));
    expect(refusal(xml).details).toMatchObject({ limit: 'elementsAtOnce' });
    const many = CAMT(times(1, STATEMENT(times(1000, `<Ntry><Sts>PDNG</Sts>${times(2000, '<a/>')}</Ntry>`))));
    expect(refusal(many).details).toMatchObject({ limit: 'elements', max: all });
  });

  it('is met before the text has come to its end', () => {
    const parser = new BankMessageParser(() => undefined, NO_SCHEMA);
    let pushed = 0;
    const push = () => {
      for (; pushed < 16_000_000; pushed += 4096) parser.push('a'.repeat(4096));
    };
    parser.push('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">');
    expect(push).toThrow('FINANCE_FILE_LIMIT_EXCEEDED');
    expect(pushed).toBeLessThan(200_000);
  });

  it('holds for what the definition is asked about at once', () => {
    const wide = (count: number) => one(ENTRY(details(TRANSACTION(times(count, `<x>${'a'.repeat(2000)}</x>`)))));
    const count = Math.ceil(INDIVISIBLE_CHARACTERS_MAX / 2000);
    expect(refusal(wide(count)).details).toMatchObject({
      limit: 'indivisibleCharacters',
      max: INDIVISIBLE_CHARACTERS_MAX,
    });
    expect(read(wide(count - 10)).message.messageId).toBe('M');
  });
});

describe('the definition of a message', () => {
  let schemaOf: SchemaOf;
  beforeAll(async () => {
    const compile = await loadCompiler();
    const compiled = new Map(BANK_MESSAGE_SCHEMAS.map((name) => [name as Iso20022Schema, compile(name)]));
    schemaOf = (name) => compiled.get(name) ?? compile(name);
  });

  const valid = ENTRY(details(TRANSACTION('<CdtDbtInd>DBIT</CdtDbtInd>')));
  const broken = ENTRY('<Wrong/>');

  it('is checked to the last of many entries, and the line of the fault is the one of its entry', () => {
    const lines = (entries: string[]) => one(`\n${entries.join('\n')}\n`);
    const entries = Array.from({ length: 3000 }, () => valid);
    expect(read(lines(entries), schemaOf).message).toMatchObject({ statements: [{ entriesMinor: -300_000n }] });
    for (const at of [0, 1, 1500, 2999]) {
      expect(refusal(lines(entries.with(at, broken)), schemaOf)).toMatchObject({
        code: 'FINANCE_BANK_MESSAGE_SCHEMA',
        details: { schema: 'camt.053.001.08', fault: expect.stringContaining('Wrong') as string, line: at + 2 },
      });
    }
  });

  it('is checked within one entry of many payments', () => {
    const payments = Array.from({ length: 4000 }, () => TRANSACTION('<CdtDbtInd>DBIT</CdtDbtInd>'));
    expect(read(one(ENTRY(details(...payments))), schemaOf).rows.length).toBeGreaterThan(1);
    expect(refusal(one(ENTRY(details(...payments.with(3999, TRANSACTION('<Wrong/>'))))), schemaOf).code).toBe(
      'FINANCE_BANK_MESSAGE_SCHEMA',
    );
  });

  it('is checked to the last payment of a status report', () => {
    const payments = Array.from({ length: 5000 }, (_, at) => ANSWER(`P-${at}`));
    const report = (all: readonly string[]) => PAIN(`\n${all.join('\n')}\n`);
    expect(read(report(payments), schemaOf).message).toMatchObject({ report: { answers: { length: 5000 } } });
    for (const at of [0, 2500, 4999]) {
      expect(refusal(report(payments.with(at, ANSWER('P', '<Wrong/>'))), schemaOf)).toMatchObject({
        code: 'FINANCE_BANK_MESSAGE_SCHEMA',
        details: { schema: 'pain.002.001.10', fault: expect.stringContaining('Wrong') as string, line: at + 2 },
      });
    }
  });

  it('refuses a status report without its time or the kind of its original', () => {
    for (const missing of [/<CreDtTm>.*?<\/CreDtTm>/, /<OrgnlMsgNmId>.*?<\/OrgnlMsgNmId>/]) {
      expect(refusal(PAIN(ANSWER('P-1')).replace(missing, ''), schemaOf).code).toBe('FINANCE_BANK_MESSAGE_SCHEMA');
    }
  });

  const statements = fc
    .array(
      fc
        .array(fc.constantFrom(valid, valid, valid, broken, '<AddtlStmtInf>x</AddtlStmtInf>', '<!-- -->', ' \n'), {
          maxLength: 8,
        })
        .map((parts) => STATEMENT(parts.join(''))),
      { maxLength: 4 },
    )
    .map((parts) => parts.join(''));
  const answers = fc
    .array(
      fc.constantFrom(ANSWER('P-1'), ANSWER('P-2'), ANSWER('P', '<Wrong/>'), '<PmtInfSts>RJCT</PmtInfSts>', ' \n'),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(''));
  const BATCH_END = '</OrgnlPmtInfAndSts>';
  it.each<[Iso20022Schema, (more: string) => fc.Arbitrary<string>]>([
    ['camt.053.001.08', (more) => statements.map((all) => CAMT(all + more))],
    ['pain.002.001.10', (more) => answers.map((all) => PAIN(all).replace(BATCH_END, BATCH_END + more))],
  ])('refuses of %s in pieces exactly what it refuses as a whole', (name, messages) => {
    const whole = schemaOf(name);
    const isRefused = (work: () => unknown) => {
      try {
        work();
      } catch {
        return true;
      }
      return false;
    };
    const supplement = fc.constantFrom('', '', '<SplmtryData><Envlp><x xmlns="urn:x">1</x></Envlp></SplmtryData>');
    fc.assert(
      fc.property(supplement.chain(messages), (xml) => {
        expect(isRefused(() => read(xml, schemaOf))).toBe(isRefused(() => whole.assertValid(xml)));
      }),
    );
  });
});
