import { createHash, randomUUID } from 'node:crypto';
import { addDays, type DocumentView } from '#contracts';
import type { InvoiceReading, PayeeView, SupplierInvoiceView } from '#contracts/finance';
import type { ApiClient } from './api-client';
import { today } from './calendar';
import { user } from './demo-token';

const OFFICER = user('finance-officer');
const SUPPLIER = 'Dolmetscherei Neckar GmbH';
const SUPPLIER_IBAN = 'DE02300209000106531065';

/** An XRechnung of an invented interpreter, due in two weeks and within the year: what falls due later is not paid before. */
export function xrechnung(number: string): Buffer {
  const [inTwoWeeks, lastDay] = [addDays(today(), 14), `${today().slice(0, 4)}-12-31`];
  const dueOn = inTwoWeeks < lastDay ? inTwoWeeks : lastDay;
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<ubl:Invoice xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0</cbc:CustomizationID>
 <cbc:ID>${number}</cbc:ID><cbc:IssueDate>${today()}</cbc:IssueDate><cbc:DueDate>${dueOn}</cbc:DueDate>
 <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
 <cbc:BuyerReference>991-01234-44</cbc:BuyerReference>
 <cac:AccountingSupplierParty><cac:Party>
  <cac:PostalAddress><cbc:StreetName>Marktgasse 3</cbc:StreetName><cbc:CityName>Tübingen</cbc:CityName>
   <cbc:PostalZone>72070</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  <cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>${SUPPLIER}</cbc:RegistrationName></cac:PartyLegalEntity>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cbc:PaymentID>RF18539007547034</cbc:PaymentID>
  <cac:PayeeFinancialAccount><cbc:ID>${SUPPLIER_IBAN}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
 <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">152.00</cbc:TaxAmount></cac:TaxTotal>
 <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">800.00</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="EUR">952.00</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="EUR">952.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
</ubl:Invoice>`);
}

/** The supplier as the finance office registers it. */
export function registerSupplier(api: ApiClient): Promise<PayeeView> {
  return api.post<PayeeView>(OFFICER, '/payees', {
    kind: 'SUPPLIER',
    name: SUPPLIER,
    address: { street: 'Marktgasse', buildingNumber: '3', postCode: '72070', town: 'Tübingen', country: 'DE' },
    bankAccount: { iban: SUPPLIER_IBAN, holder: SUPPLIER },
  });
}

/** Takes an invoice in and confirms what was read: its payment waits for the four acts. */
export async function recordInvoice(
  api: ApiClient,
  { fundId, eventId }: { readonly fundId: string; readonly eventId: string },
): Promise<SupplierInvoiceView> {
  const payee = await registerSupplier(api);
  const file = xrechnung('2026-0417');
  const uploadId = randomUUID();
  await api.post(OFFICER, `/uploads/${uploadId}/parts`, { number: 1, content: file.toString('base64') });
  const sha256 = createHash('sha256').update(file).digest('hex');
  const { id: documentId } = await api.post<DocumentView>(OFFICER, '/documents', {
    fileName: 'rechnung-2026-0417.xml',
    upload: { id: uploadId, parts: 1, bytes: file.length, sha256 },
  });
  const read = await api.get<InvoiceReading>(OFFICER, `/documents/${documentId}/invoice`);
  const { number, issuedOn, dueOn, net, vat, total, buyerReference, paymentReference } = read;
  return api.post<SupplierInvoiceView>(OFFICER, '/supplier-invoices', {
    ...{ documentId, number, issuedOn, dueOn, net, vat, total, buyerReference, paymentReference },
    fundId,
    eventId,
    payeeId: payee.id,
    category: 'PROJEKT',
    subject: 'Dolmetschen bei der Auftaktveranstaltung',
  });
}
