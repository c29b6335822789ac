import { listBankEntries } from '#contracts/finance';
import { amountOf, BankLoop, EXECUTION_ON as ON, idOf, newIban } from '../../../test/bank-loop';
import { AUDITOR, FinanceWorld } from '../../../test/finance-world';
import { type Iso20022Schema, loadCompiler } from '../../payments/iso20022/iso20022-schemas';

const FILES = 200;
const SEED = 20_270_212;

let world: FinanceWorld;
let bank: BankLoop;
beforeAll(async () => {
  world = await FinanceWorld.start();
  bank = new BankLoop(world);
});
afterAll(() => world?.app.close());

/** The same numbers for the same seed (mulberry32): a file that fails comes again. */
class Chance {
  constructor(private state: number) {}

  number(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  of<T>(...values: readonly [T, ...T[]]): T {
    return values[this.number(values.length)] ?? values[0];
  }

  /** An optional element is there or not. */
  maybe(xml: string, outOf = 2): string {
    return this.number(outOf) === 0 ? xml : '';
  }
}

interface Named {
  readonly id: string;
  readonly amount: string;
}

/** Writes messages that the definition allows and that no bank should send. */
class OddBank {
  entries = 0;
  private files = 0;

  constructor(
    private readonly chance: Chance,
    private readonly iban: string,
    private readonly payments: readonly Named[],
  ) {}

  file(): { readonly xml: string; readonly schema: Iso20022Schema; readonly entries: number } {
    const { chance } = this;
    this.files += 1;
    this.entries = 0;
    const schema = chance.of<Iso20022Schema>('camt.053.001.08', 'camt.053.001.08', 'camt.054.001.08');
    const [root, element] = schema.startsWith('camt.053')
      ? ['BkToCstmrStmt', 'Stmt']
      : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'];
    const reports = Array.from({ length: 1 + chance.number(2) }, (_, index) => this.report(element, index)).join('');
    const head = `<GrpHdr><MsgId>M${this.files}</MsgId><CreDtTm>2027-02-12T20:00:00${chance.of('', 'Z', '+01:00')}</CreDtTm>${chance.maybe('<AddtlInf>odd</AddtlInf>')}</GrpHdr>`;
    const xml = `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:${schema}"><${root}>${head}${reports}</${root}></Document>`;
    return { xml, schema, entries: this.entries };
  }

  private report(element: string, index: number): string {
    const { chance } = this;
    const pages = chance.maybe(
      `<${element}Pgntn><PgNb>${1 + chance.number(3)}</PgNb><LastPgInd>${chance.of('true', 'false')}</LastPgInd></${element}Pgntn>`,
      4,
    );
    const numbers = `${chance.maybe(`<ElctrncSeqNb>${chance.of('1', '007', '-3', '999999999999999999')}</ElctrncSeqNb>`)}${chance.maybe(`<LglSeqNb>${chance.number(9)}</LglSeqNb>`, 4)}`;
    const period = chance.maybe(`<FrToDt><FrDtTm>${ON}T00:00:00</FrDtTm><ToDtTm>${ON}T23:59:59.999Z</ToDtTm></FrToDt>`);
    const copy = chance.maybe('<CpyDplctInd>DUPL</CpyDplctInd>', 8);
    const account = `<Acct><Id>${chance.number(9) > 0 ? `<IBAN>${this.iban}</IBAN>` : `<Othr><Id>${this.iban.slice(4)}</Id></Othr>`}</Id>${chance.maybe(`<Ccy>${chance.of('EUR', 'EUR', 'EUR', 'USD', 'XOF')}</Ccy>`)}</Acct>`;
    const balances =
      element === 'Stmt'
        ? [this.balance('OPBD'), chance.maybe(this.balance('CLBD')), chance.maybe(this.balance('CLAV'), 4)].join('')
        : '';
    const entries = Array.from({ length: chance.number(4) }, () => this.entry()).join('');
    return `<${element}><Id>${chance.of(`S${this.files}-${index}`, `S${this.files}-${index}`, '1')}</Id>${pages}${numbers}<CreDtTm>2027-02-12T20:00:00</CreDtTm>${period}${copy}${account}${balances}${entries}${chance.maybe('<AddtlStmtInf>odd</AddtlStmtInf>', 4).replaceAll('Stmt', element)}</${element}>`;
  }

  private balance(code: string): string {
    const { chance } = this;
    return `<Bal><Tp><CdOrPrtry>${chance.number(6) > 0 ? `<Cd>${code}</Cd>` : '<Prtry>OWN</Prtry>'}</CdOrPrtry></Tp>${this.amount()}<CdtDbtInd>${chance.of('CRDT', 'DBIT')}</CdtDbtInd><Dt>${this.day()}</Dt></Bal>`;
  }

  private entry(): string {
    const { chance } = this;
    if (chance.number(4) === 0) return this.plainEntry();
    const direction = chance.of('DBIT', 'DBIT', 'CRDT');
    const payment = chance.of<Named>({ id: 'NOTPROVIDED', amount: '12.34' }, ...this.payments);
    const status = chance.of(
      '<Cd>BOOK</Cd>',
      '<Cd>BOOK</Cd>',
      '<Cd>BOOK</Cd>',
      '<Cd>PDNG</Cd>',
      '<Cd>INFO</Cd>',
      '<Cd>ODD</Cd>',
      '<Prtry>GEBUCHT</Prtry>',
    );
    if (!/PDNG|INFO/.test(status)) this.entries += 1;
    const amount = chance.of(
      `<Amt Ccy="EUR">${payment.amount}</Amt>`,
      `<Amt Ccy="EUR">${payment.amount}</Amt>`,
      this.amount(),
    );
    const details = Array.from({ length: chance.number(3) }, () => this.details(payment)).join('');
    return [
      `<Ntry>${chance.maybe(`<NtryRef>${chance.number(99)}</NtryRef>`, 4)}${amount}<CdtDbtInd>${direction}</CdtDbtInd>`,
      chance.maybe(`<RvslInd>${chance.of('true', 'false', '1', '0')}</RvslInd>`, 4),
      `<Sts>${status}</Sts>`,
      chance.maybe(`<BookgDt>${this.day()}</BookgDt>`),
      chance.maybe(`<ValDt>${this.day()}</ValDt>`),
      chance.maybe(`<AcctSvcrRef>${chance.of('SAME', 'NONREF', `R${chance.number(1000)}`)}</AcctSvcrRef>`),
      `<BkTxCd>${chance.maybe('<Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn>')}${chance.maybe('<Prtry><Cd>NTRF+177</Cd><Issr>DK</Issr></Prtry>')}</BkTxCd>`,
      chance.maybe(this.charges(), 4),
      details,
      chance.maybe('<AddtlNtryInf>ÜBERWEISUNG &amp; mehr</AddtlNtryInf>', 4),
      '</Ntry>',
    ].join('');
  }

  /** One that a rule can decide, were it not for what stood elsewhere. */
  private plainEntry(): string {
    const { id, amount } = this.payments[this.chance.number(this.payments.length)] ?? { id: '', amount: '1.00' };
    this.entries += 1;
    const reference = this.chance.maybe(`<AcctSvcrRef>${id.slice(0, 20)}</AcctSvcrRef>`);
    return `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${ON}</Dt></BookgDt>${reference}<BkTxCd/><NtryDtls><TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>`;
  }

  private details(payment: Named): string {
    const { chance } = this;
    const batch = chance.maybe('<Btch><PmtInfId>UNKNOWN</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>', 6);
    const transactions = Array.from({ length: chance.number(3) }, () =>
      [
        '<TxDtls>',
        chance.maybe(`<Refs>${chance.maybe('<MsgId>X</MsgId>')}<EndToEndId>${payment.id}</EndToEndId></Refs>`),
        chance.maybe(chance.of(`<Amt Ccy="EUR">${payment.amount}</Amt>`, this.amount())),
        chance.maybe(`<CdtDbtInd>${chance.of('DBIT', 'CRDT')}</CdtDbtInd>`),
        chance.maybe(
          `<AmtDtls><InstdAmt>${this.amount()}</InstdAmt>${chance.maybe(`<TxAmt>${this.amount()}</TxAmt>`)}</AmtDtls>`,
          4,
        ),
        chance.maybe(this.charges(), 4),
        chance.maybe(
          '<RltdPties><Dbtr><Pty><Nm>Ä</Nm></Pty></Dbtr><Cdtr><Agt><FinInstnId><Nm>Bank</Nm></FinInstnId></Agt></Cdtr></RltdPties>',
          3,
        ),
        chance.maybe(
          '<RmtInf><Ustrd>Zuschuss</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>',
        ),
        chance.maybe(`<RtrInf>${chance.maybe('<Rsn><Cd>AC04</Cd></Rsn>')}</RtrInf>`, 4),
        '</TxDtls>',
      ].join(''),
    ).join('');
    return `<NtryDtls>${batch}${transactions}</NtryDtls>`;
  }

  private amount(): string {
    const [currency, value] = this.chance.of(
      ['EUR', '10.00'],
      ['EUR', '0.00'],
      ['EUR', '0.00001'],
      ['EUR', '7'],
      ['EUR', '1234567.89000'],
      ['USD', '10.00'],
      ['XOF', '655957'],
      ['JPY', '100.50'],
      ['TND', '1.234'],
      ['ZZZ', '5.5'],
    );
    return `<Amt Ccy="${currency}">${value}</Amt>`;
  }

  private charges(): string {
    return `<Chrgs>${this.chance.maybe('<TtlChrgsAndTaxAmt Ccy="EUR">1.50</TtlChrgsAndTaxAmt>')}<Rcrd><Amt Ccy="${this.chance.of('EUR', 'USD')}">1.50</Amt>${this.chance.maybe('<CdtDbtInd>DBIT</CdtDbtInd>')}</Rcrd></Chrgs>`;
  }

  private day(): string {
    return this.chance.of(
      `<Dt>${ON}</Dt>`,
      `<Dt>${ON}+01:00</Dt>`,
      `<DtTm>${ON}T24:00:00</DtTm>`,
      '<Dt>2026-12-31</Dt>',
    );
  }
}

it(`${FILES} odd files that the definition allows are taken, none twice, and every entry is booked or waits with a reason`, async () => {
  const iban = newIban();
  const { payouts, fundId, run } = await bank.sentRun(iban);
  const payments = payouts.map((it) => ({ id: idOf(it), amount: amountOf(it) }));
  const odd = new OddBank(new Chance(SEED), iban, payments);
  const compile = await loadCompiler();
  const outcomes = new Map<string, number>();
  const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  for (let at = 0; at < FILES; at += 1) {
    const { xml, schema, entries } = odd.file();
    compile(schema).assertValid(xml);
    const message = await bank.importFile(xml);
    count(`file ${message.kind}`);
    const isNew = message.statements.every(({ isRepeated }) => !isRepeated);
    if (isNew) expect([at, message.entries]).toEqual([at, entries]);
    expect(await bank.importFile(`${xml}<!-- again -->`)).toMatchObject({ entries: 0, bookedPayouts: 0 });
    const { items } = await world.app.rpc(listBankEntries, { bankMessageId: message.id }, AUDITOR);
    for (const { status, obstacle, explanation } of items) {
      count(`entry ${status}${obstacle === null ? '' : ` ${obstacle}`}`);
      if (status === 'UNMATCHED' || status === 'PARTLY_MATCHED') expect([at, explanation]).not.toEqual([at, null]);
    }
  }
  const report = await bank.reconciliation(fundId);
  expect(report.checks.filter((check) => !check.isEqual)).toEqual([]);
  expect(report.bank.debits).toEqual(run.total);
  const table = [...outcomes].sort().map(([outcome, times]) => `${times.toString().padStart(6)}  ${outcome}`);
  process.stdout.write(`${FILES} odd files, none refused, none booked twice\n${table.join('\n')}\n`);
}, 240_000);
