import { createHash } from 'node:crypto';
import { buildPain001, type Payment, type PaymentFile } from './pain001';
import { Iso20022Schemas } from '../iso20022/iso20022-schemas';

const german: Payment = {
  endToEndId: '0199a0000000700080000000000000e1',
  amountMinor: 185806n,
  currency: 'EUR',
  remittance: 'PERSONAL 1 2027-01-16',
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
const file = (more: Partial<PaymentFile> = {}): PaymentFile => ({
  messageId: '0199a000000070008000000000000001',
  createdAt: new Date('2027-01-10T08:00:00Z'),
  executionOn: '2027-01-12',
  paymentType: 'SEPA',
  debtor: { holder: 'Fachkräftefonds', iban: 'DE75512108001245126199', bic: 'SOGEDEFF' },
  payments: [german],
  ...more,
});

describe('the bank file', () => {
  it('is valid against the official schema, for SEPA and foreign payments', async () => {
    const schema = await new Iso20022Schemas().ready('pain.001.001.09');
    schema.assertValid(buildPain001(file()));
    schema.assertValid(buildPain001(file({ paymentType: 'FOREIGN', payments: [foreign, german] })));
  });

  it('is refused by the schema when an identifier is too long', async () => {
    const schema = await new Iso20022Schemas().ready('pain.001.001.09');
    expect(() => schema.assertValid(buildPain001(file({ messageId: 'x'.repeat(36) })))).toThrow();
  });

  it('has the same bytes for the same payments', () => {
    const hash = (xml: string) => createHash('sha256').update(xml).digest('hex');
    expect(hash(buildPain001(file()))).toBe(hash(buildPain001(file())));
  });

  it('carries structured addresses and the totals, and no address line', () => {
    const xml = buildPain001(file({ payments: [german, { ...german, endToEndId: 'x', amountMinor: 1n }] }));
    expect(xml).toContain('<CtrlSum>1858.07</CtrlSum>');
    expect(xml).toContain('<TwnNm>Tuebingen</TwnNm>');
    expect(xml).toContain('<Nm>Juergen Mueller</Nm>');
    expect(xml).not.toContain('AdrLine');
  });
});

describe('an address in the bank file', () => {
  const xmlOf = (more: Partial<Payment['creditor']>) =>
    buildPain001(file({ payments: [{ ...foreign, creditor: { ...foreign.creditor, ...more } }] }));

  it('is hybrid where the street has no house number, and still valid', async () => {
    const xml = xmlOf({ street: 'P.O. Box 4711' });
    (await new Iso20022Schemas().ready('pain.001.001.09')).assertValid(xml);
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
