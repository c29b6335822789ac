import { randomUUID } from 'node:crypto';
import type { RequestInputOf } from '#contracts';
import { eventPublished } from '#contracts/events';
import {
  cancelPayout,
  createPaymentRun,
  createPayee,
  getPaymentRunFile,
  getPayout,
  getSupplierInvoice,
  listCommitments,
  listSupplierInvoices,
  type PayeeView,
  readInvoice,
  recordSupplierInvoice,
  verifyJournal,
} from '#contracts/finance';
import { eventually, somePdf } from '#testing';
import { kept } from '../../../test/documents';
import { AUDITOR, CASHIER, FINANCE, FinanceWorld } from '../../../test/finance-world';
import { crossIndustryInvoice, xrechnung, zugferd } from '../../../test/invoices';

type Invoice = RequestInputOf<typeof recordSupplierInvoice>;

const IBAN = 'DE02120300000000202051';
let world: FinanceWorld;
let supplier: PayeeView;
beforeAll(async () => {
  world = await FinanceWorld.start();
  supplier = await supplierWith(IBAN, 'Dolmetscherei Neckar GmbH');
}, 60_000);
afterAll(() => world?.app.close());

const eur = (amount: string) => ({ amount, currency: 'EUR' });

function supplierWith(iban: string, name: string): Promise<PayeeView> {
  return world.app.rpc(
    createPayee,
    { kind: 'SUPPLIER', name, address: { town: 'Tübingen', country: 'DE' }, bankAccount: { iban, holder: name } },
    FINANCE,
  );
}

/** What a person confirms of the sample. */
async function confirmed(fundId: string, more: Partial<Invoice> = {}): Promise<Invoice> {
  const number = `D-${randomUUID().slice(0, 8)}`;
  const document = await kept(world.app, xrechnung({ number }), FINANCE, 'rechnung.xml');
  return request(fundId, { number, documentId: document.id, ...more });
}

function request(
  fundId: string,
  { number, documentId, ...more }: Partial<Invoice> & Pick<Invoice, 'number' | 'documentId'>,
): Invoice {
  return {
    fundId,
    documentId,
    number,
    category: 'PROJEKT' as const,
    subject: 'Dolmetschen beim Auftakt',
    payeeId: supplier.id,
    issuedOn: '2027-02-01',
    dueOn: '2027-03-10',
    net: eur('1000.00'),
    vat: eur('190.00'),
    total: eur('1190.00'),
    buyerReference: '991-01234-44',
    paymentReference: 'RF18539007547034',
    ...more,
  };
}

const record = (invoice: Invoice) => world.app.rpc(recordSupplierInvoice, invoice, FINANCE);

describe('reading an invoice', () => {
  const read = async (file: Buffer, name: string) =>
    world.app.rpc(readInvoice, { documentId: (await kept(world.app, file, FINANCE, name)).id }, FINANCE);

  it('takes the terms of EN 16931 from XRechnung in UBL', async () => {
    expect(await read(xrechnung({ number: 'D-1' }), 'a.xml')).toMatchObject({
      format: 'UBL',
      number: 'D-1',
      issuedOn: '2027-02-01',
      dueOn: '2027-03-10',
      currency: 'EUR',
      supplier: { name: 'Dolmetscherei Neckar GmbH', vatId: 'DE123456789', town: 'Tübingen', country: 'DE' },
      iban: IBAN,
      net: eur('1000.00'),
      vat: eur('190.00'),
      total: eur('1190.00'),
      buyerReference: '991-01234-44',
      paymentReference: 'RF18539007547034',
      payees: [{ id: supplier.id, name: 'Dolmetscherei Neckar GmbH' }],
      findings: [],
    });
  });

  it('takes them from CII, alone and within a PDF', async () => {
    const xml = crossIndustryInvoice({ number: 'Z-1' });
    const expected = {
      format: 'CII',
      number: 'Z-1',
      issuedOn: '2027-02-01',
      dueOn: '2027-03-10',
      supplier: { name: 'Saalbau Köln eG', vatId: 'DE987654321', street: 'Domplatz 1', postCode: '50667' },
      bic: 'BYLADEM1001',
      net: eur('1000.00'),
      vat: eur('190.00'),
      total: eur('1190.00'),
    };
    expect(await read(xml, 'a.xml')).toMatchObject(expected);
    expect(await read(await zugferd(xml), 'a.pdf')).toMatchObject(expected);
    expect(await read(await zugferd(xml, 'ZUGFeRD-invoice.xml'), 'a.pdf')).toMatchObject(expected);
  });

  it('reads nothing in a scan, a PDF without an invoice, and one that is broken', async () => {
    const nothing = { format: 'NONE', number: null, total: null, findings: [] };
    expect(await read(await zugferd(Buffer.from('<a/>'), 'notes.xml'), 'a.pdf')).toMatchObject(nothing);
    expect(await read(somePdf(), 'a.pdf')).toMatchObject(nothing);
    expect(await read(Buffer.from(`\xff\xd8\xff\xe0${randomUUID()}`, 'latin1'), 'a.jpg')).toMatchObject(nothing);
  });

  it('says what a person has to look at', async () => {
    const findings = async (sample: Parameters<typeof xrechnung>[0]) =>
      (await read(xrechnung(sample), 'a.xml')).findings;
    expect(await findings({ typeCode: '381' })).toEqual(['CREDIT_NOTE']);
    expect(await findings({ vat: '190.01' })).toEqual(['TOTALS_CONTRADICT']);
    expect(await findings({ total: 'viel' })).toEqual(['AMOUNT_UNREADABLE']);
    expect(await findings({ iban: 'DE03120300000000202051' })).toEqual(['ACCOUNT_INVALID', 'SUPPLIER_UNKNOWN']);
  });

  it('is refused for XML that is no invoice, or no XML', async () => {
    for (const file of ['<other/>', '<a><b></a>', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
      await expect(read(Buffer.from(`<?xml version="1.0"?>${file}`), 'a.xml')).rejects.toMatchObject({
        code: 'FINANCE_INVOICE_UNREADABLE',
      });
  });
});

describe('an invoice that a person confirmed', () => {
  it('binds its money and is paid by four persons, with the reference of the supplier in the bank file', async () => {
    const fund = await world.fund({ 2027: '5000.00' });
    const invoice = await record(await confirmed(fund.id));
    expect(invoice).toMatchObject({
      budgetYear: 2027,
      format: 'UBL',
      typedOver: [],
      creditorReference: 'RF18539007547034',
      recordedBy: 'fritz',
      payouts: [{ status: 'DUE', amount: eur('1190.00') }],
    });
    expect((await world.balances(fund.id)).total).toMatchObject({
      available: eur('3810.00'),
      committed: eur('1190.00'),
    });
    const payoutId = invoice.payouts[0]?.id ?? '';
    const due = await world.app.rpc(getPayout, { payoutId }, AUDITOR);
    expect(due).toMatchObject({
      purpose: `Rechnung ${invoice.number}`,
      source: 'INVOICE',
      assignmentId: null,
      commitmentId: invoice.id,
      payeeId: supplier.id,
    });
    await world.order(due);
    const run = await world.app.rpc(
      createPaymentRun,
      { fundId: fund.id, paymentType: 'SEPA', executionOn: '2027-02-12' },
      CASHIER,
    );
    const { body } = await world.app.rpc(getPaymentRunFile, { paymentRunId: run.id }, CASHIER);
    expect(body).toMatch(
      /<Strd>\s*<CdtrRefInf>\s*<Tp>\s*<CdOrPrtry>\s*<Cd>SCOR<\/Cd>\s*<\/CdOrPrtry>\s*<\/Tp>\s*<Ref>RF18539007547034<\/Ref>/,
    );
    expect(await world.app.rpc(getSupplierInvoice, { supplierInvoiceId: invoice.id }, AUDITOR)).toMatchObject({
      payouts: [{ status: 'IN_RUN' }],
    });
    const { items } = await world.app.rpc(listSupplierInvoices, { fundId: fund.id }, AUDITOR);
    expect(items.map(({ id }) => id)).toEqual([invoice.id]);
    // What pays no plan is no commitment of an assignment.
    expect((await world.app.rpc(listCommitments, { fundId: fund.id }, AUDITOR)).items).toEqual([]);
  });

  it('has words on the payment where its reference is no creditor reference', async () => {
    const fund = await world.fund({ 2027: '5000.00' });
    const invoice = await confirmed(fund.id, { paymentReference: 'KD 77', vat: eur('0.00'), total: eur('1000.00') });
    const due = await world.app.rpc(getPayout, { payoutId: (await record(invoice)).payouts[0]?.id ?? '' }, AUDITOR);
    await world.order(due);
    const run = { fundId: fund.id, paymentType: 'SEPA' as const, executionOn: '2027-02-12' };
    const { id: paymentRunId } = await world.app.rpc(createPaymentRun, run, CASHIER);
    const { body } = await world.app.rpc(getPaymentRunFile, { paymentRunId }, CASHIER);
    expect(body).toContain(`<Ustrd>KD 77 Rechnung ${invoice.number}, ${due.caseNumber}</Ustrd>`);
  });

  it('is refused where the fund does not cover it, and binds nothing', async () => {
    const fund = await world.fund({ 2027: '1189.99' });
    await expect(record(await confirmed(fund.id))).rejects.toMatchObject({ code: 'FINANCE_LEDGER_NOT_COVERED' });
    expect((await world.app.rpc(listSupplierInvoices, { fundId: fund.id }, AUDITOR)).items).toEqual([]);
    await expect(record(await confirmed(fund.id, { dueOn: '2028-01-10' }))).rejects.toMatchObject({
      code: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    });
  });

  it('is recorded once per supplier and number, until its payment was cancelled', async () => {
    const fund = await world.fund({ 2027: '9000.00' });
    const first = await confirmed(fund.id);
    const invoice = await record(first);
    const scan = async () => (await kept(world.app, somePdf(), FINANCE)).id;
    const again = async () => ({ ...first, number: first.number.toLowerCase(), documentId: await scan() });
    await expect(record(await again())).rejects.toMatchObject({
      code: 'FINANCE_INVOICE_DUPLICATE',
      details: { supplierInvoiceId: invoice.id },
    });
    const [payout] = invoice.payouts;
    const { version } = await world.app.rpc(getPayout, { payoutId: payout?.id ?? '' }, AUDITOR);
    const cancel = { payoutId: payout?.id ?? '', reason: 'The wrong fund.' };
    await world.app.rpc(cancelPayout, cancel, FINANCE, { expectedVersion: version });
    expect((await world.balances(fund.id)).total).toMatchObject({ available: eur('9000.00'), committed: eur('0.00') });
    await expect(record(await again())).resolves.toMatchObject({ format: 'NONE' });
  });

  it('is recorded once when two persons confirm it at the same moment', async () => {
    const fund = await world.fund({ 2027: '9000.00' });
    const first = await confirmed(fund.id);
    const second = { ...first, documentId: (await kept(world.app, somePdf(), FINANCE)).id };
    const outcomes = await Promise.allSettled([record(first), record(second)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('goes to the registered account alone', async () => {
    const fund = await world.fund({ 2027: '9000.00' });
    const number = 'D-FRAUD';
    const forged = await kept(world.app, xrechnung({ number, iban: 'DE75512108001245126199' }), FINANCE);
    await expect(record(request(fund.id, { number, documentId: forged.id }))).rejects.toMatchObject({
      code: 'FINANCE_INVOICE_ACCOUNT_DIFFERS',
    });
  });

  it('is held where the same supplier was paid the same amount for the same month', async () => {
    const [fund, other] = [await world.fund({ 2027: '9000.00' }), await world.fund({ 2027: '9000.00' })];
    const amounts = { net: eur('777.00'), vat: eur('0.00'), total: eur('777.00') };
    expect((await record(await confirmed(fund.id, amounts))).payouts).toMatchObject([{ status: 'DUE' }]);
    expect((await record(await confirmed(other.id, amounts))).payouts).toMatchObject([{ status: 'BLOCKED' }]);
  });

  it('keeps which fields a person confirmed with another value', async () => {
    const fund = await world.fund({ 2027: '9000.00' });
    const invoice = await confirmed(fund.id, { dueOn: '2027-03-20', total: eur('1090.00'), prepaid: eur('100.00') });
    expect(await record(invoice)).toMatchObject({ typedOver: ['dueOn', 'total'], prepaid: eur('100.00') });
  });

  it.each([
    ['amounts that do not add up', { total: eur('1190.01') }, 'FINANCE_INVOICE_TOTAL_MISMATCH'],
    ['a day in the future', { issuedOn: '2027-02-11' }, 'FINANCE_INVOICE_DATES_INVALID'],
    ['a due day before its own', { dueOn: '2027-01-31' }, 'FINANCE_INVOICE_DATES_INVALID'],
    [
      'another currency',
      {
        net: { amount: '1000.00', currency: 'USD' },
        vat: { amount: '190.00', currency: 'USD' },
        total: { amount: '1190.00', currency: 'USD' },
      },
      'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    ],
    ['nobody to pay', { payeeId: randomUUID() }, 'FINANCE_EXPENSE_PAYEE_UNKNOWN'],
    ['an assignment that nobody knows', { assignmentId: randomUUID() }, 'FINANCE_EXPENSE_ASSIGNMENT_UNKNOWN'],
    ['an event that nobody published', { eventId: randomUUID() }, 'FINANCE_EXPENSE_EVENT_UNKNOWN'],
    ['a document that is not there', { documentId: randomUUID() }, 'PLATFORM_DOCUMENT_UNKNOWN'],
  ])('is refused with %s', async (_what, more, code) => {
    const fund = await world.fund({ 2027: '9000.00' });
    await expect(record(await confirmed(fund.id, more))).rejects.toMatchObject({ code });
  });

  it('is one of the costs of the event that it was bought for', async () => {
    const fund = await world.fund({ 2027: '9000.00' });
    const eventId = randomUUID();
    await world.app.publish(
      eventPublished.of({
        aggregateId: eventId,
        aggregateVersion: 2,
        data: {
          eventId,
          kind: 'CONFERENCE',
          mode: 'ON_SITE',
          startsAt: '2027-04-01T08:00:00Z',
          endsAt: '2027-04-01T16:00:00Z',
          fieldsOfAction: [],
        },
      }),
    );
    const invoice = await eventually(async () => record(await confirmed(fund.id, { eventId })));
    const { items } = await world.app.rpc(listSupplierInvoices, { eventId }, AUDITOR);
    expect(items.map(({ id, eventId: of }) => [id, of])).toEqual([[invoice.id, eventId]]);
  });

  it('leaves a journal that holds', async () => {
    expect(await world.app.rpc(verifyJournal, {}, AUDITOR)).toMatchObject({ findings: [], fault: null });
  });
});
