import { createHash } from 'node:crypto';
import { Pain001Writer, type Payment, type PaymentFileHead } from './pain001';
import { type CompiledSchema, Iso20022Schemas } from '../iso20022/iso20022-schemas';

const german: Payment = {
  endToEndId: '0199a0000000700080000000000000e1',
  amountMinor: 185806n,
  currency: 'EUR',
  instructed: null,
  remittance: 'PERSONAL 1 2027-01-16',
  chargeBearer: null,
  creditorReference: null,
  creditor: {
    name: 'Jürgen Müller',
    street: 'Neckargasse',
    buildingNumber: '1',
    postCode: '72070',
    town: 'Tübingen',
    country: 'DE',
    iban: 'DE75512108001245126199',
    accountNumber: null,
    bic: null,
  },
};
const foreign: Payment = {
  ...german,
  endToEndId: '0199a0000000700080000000000000e2',
  chargeBearer: 'SHAR',
  creditor: {
    ...german.creditor,
    name: 'Commune de Kongoussi',
    street: null,
    buildingNumber: null,
    postCode: null,
    town: 'Kongoussi',
    country: 'BF',
    iban: null,
    accountNumber: '0123456789',
    bic: 'BICBBFBX',
  },
};
const head: PaymentFileHead = {
  messageId: '0199a000000070008000000000000001',
  createdAt: new Date('2027-01-10T08:00:00Z'),
  executionOn: '2027-01-12',
  paymentType: 'SEPA',
  currency: 'EUR',
  debtor: { holder: 'Fachkräftefonds', iban: 'DE75512108001245126199', bic: 'SOGEDEFF' },
};

let schema: CompiledSchema;
beforeAll(async () => {
  schema = await new Iso20022Schemas().ready('pain.001.001.09');
});

/** The file of these parts; each part and the whole were validated. */
function fileOf(parts: readonly (readonly Payment[])[], more: Partial<PaymentFileHead> = {}) {
  const writer = new Pain001Writer({ ...head, ...more }, (xml) => schema.assertValid(xml));
  for (const part of parts) writer.add(part);
  const file = writer.close();
  return { ...file, xml: file.bytes.toString('utf8') };
}

const many = (count: number): Payment[] =>
  Array.from({ length: count }, (_, index) => ({ ...german, endToEndId: `E${index}`, amountMinor: BigInt(index + 1) }));

describe('the bank file', () => {
  it('is valid against the official schema as a whole, for SEPA and foreign payments', () => {
    schema.assertValid(fileOf([[german]]).xml);
    schema.assertValid(fileOf([[foreign], [german, foreign]], { paymentType: 'FOREIGN' }).xml);
  });

  it('instructs what is promised in another currency, and adds that up', () => {
    const promised = { ...foreign, instructed: { amountMinor: 1680000000n, currency: 'TZS' } };
    const other = { ...promised, endToEndId: 'x', instructed: { amountMinor: 50n, currency: 'TZS' } };
    const { xml, ...file } = fileOf([[promised, other]], { paymentType: 'FOREIGN', currency: 'TZS' });
    expect(file).toMatchObject({ totalMinor: 371612n, instructedMinor: 1680000050n });
    expect(xml).toContain('<InstdAmt Ccy="TZS">16800000.00</InstdAmt>');
    expect(xml.match(/<CtrlSum>16800000\.50<.CtrlSum>/g)).toHaveLength(2);
    schema.assertValid(xml);
  });

  it('is refused by the schema when an identifier is too long, in the head or in any part', () => {
    expect(() => fileOf([[german]], { messageId: 'x'.repeat(36) })).toThrow();
    expect(() => fileOf([[german], [{ ...german, endToEndId: 'x'.repeat(36) }], [german]])).toThrow();
  });

  it('is not made of no payment', () => {
    expect(() => fileOf([])).toThrow();
  });

  it('has the same bytes for the same payments, however they are divided', () => {
    const whole = fileOf([many(7)]);
    const divided = fileOf([many(7).slice(0, 3), [], many(7).slice(3, 4), many(7).slice(4)]);
    expect(divided.xml).toBe(whole.xml);
    expect(divided.sha256).toBe(createHash('sha256').update(whole.bytes).digest('hex'));
    schema.assertValid(divided.xml);
  });

  it('carries structured addresses and the totals, and no address line', () => {
    const { xml, payments, totalMinor } = fileOf([[german], [{ ...german, endToEndId: 'x', amountMinor: 1n }]]);
    expect({ payments, totalMinor }).toEqual({ payments: 2, totalMinor: 185807n });
    expect(xml.match(/<NbOfTxs>2<.NbOfTxs>/g)).toHaveLength(2);
    expect(xml.match(/<CtrlSum>1858\.07<.CtrlSum>/g)).toHaveLength(2);
    expect(xml.match(/<CdtTrfTxInf>/g)).toHaveLength(2);
    expect(xml).toContain('<TwnNm>Tuebingen</TwnNm>');
    expect(xml).toContain('<Nm>Juergen Mueller</Nm>');
    expect(xml).not.toContain('AdrLine');
  });
});

describe('who bears the charges', () => {
  it('is said once for a SEPA file, and of each payment outside SEPA', () => {
    const inside = fileOf([[german, { ...german, endToEndId: 'x' }]]).xml;
    expect(inside.match(/<ChrgBr>\w+</g)).toEqual(['<ChrgBr>SLEV<']);
    const bearing: Payment = { ...foreign, endToEndId: 'x', chargeBearer: 'DEBT' };
    const outside = fileOf([[foreign, bearing]], { paymentType: 'FOREIGN' }).xml;
    expect(outside.match(/<ChrgBr>\w+</g)).toEqual(['<ChrgBr>SHAR<', '<ChrgBr>DEBT<']);
    schema.assertValid(outside);
  });
});

describe('the reference of an invoice', () => {
  it('stands structured in the bank file, instead of a text, and valid', () => {
    const invoice = { ...german, creditorReference: 'RF18539007547034' };
    for (const paymentType of ['SEPA', 'FOREIGN'] as const) {
      const { xml } = fileOf([[german, invoice]], { paymentType });
      expect(xml).toMatch(/<RmtInf>\s*<Ustrd>PERSONAL 1 2027-01-16<\/Ustrd>\s*<\/RmtInf>/);
      expect(xml).toMatch(
        /<RmtInf>\s*<Strd>\s*<CdtrRefInf>\s*<Tp>\s*<CdOrPrtry>\s*<Cd>SCOR<\/Cd>\s*<\/CdOrPrtry>\s*<\/Tp>\s*<Ref>RF18539007547034<\/Ref>\s*<\/CdtrRefInf>\s*<\/Strd>\s*<\/RmtInf>/,
      );
    }
  });
});

describe('an address in the bank file', () => {
  const xmlOf = (more: Partial<Payment['creditor']>) =>
    fileOf([[{ ...foreign, creditor: { ...foreign.creditor, ...more } }]], { paymentType: 'FOREIGN' }).xml;

  it('is hybrid where the street has no house number, and still valid', () => {
    const xml = xmlOf({ street: 'P.O. Box 4711' });
    expect(xml).toContain('<AdrLine>P.O. Box 4711</AdrLine>');
    expect(xml).toContain('<TwnNm>Kongoussi</TwnNm>');
    expect(xml).not.toContain('StrtNm');
  });

  it('is structured where it has one', () => {
    const xml = xmlOf({ street: 'Rue 1', buildingNumber: '2' });
    expect(xml).toContain('<StrtNm>Rue 1</StrtNm>');
    expect(xml).not.toContain('AdrLine');
  });
});
