import { randomUUID } from 'node:crypto';

interface Sample {
  readonly number?: string;
  readonly iban?: string;
  readonly net?: string;
  readonly vat?: string;
  readonly total?: string;
  readonly currency?: string;
  readonly paymentReference?: string;
  readonly typeCode?: string;
  readonly dueOn?: string;
}

const DEFAULTS = {
  iban: 'DE02120300000000202051',
  net: '1000.00',
  vat: '190.00',
  total: '1190.00',
  currency: 'EUR',
  paymentReference: 'RF18539007547034',
  typeCode: '380',
  dueOn: '2027-03-10',
};

/** An XRechnung in UBL of an interpreter, as much of it as a payment needs. */
export function xrechnung(sample: Sample = {}): Buffer {
  const it = { number: `D-${randomUUID().slice(0, 8)}`, ...DEFAULTS, ...sample };
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<ubl:Invoice xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0</cbc:CustomizationID>
 <cbc:ID>${it.number}</cbc:ID>
 <cbc:IssueDate>2027-02-01</cbc:IssueDate>
 <cbc:DueDate>${it.dueOn}</cbc:DueDate>
 <cbc:InvoiceTypeCode>${it.typeCode}</cbc:InvoiceTypeCode>
 <cbc:DocumentCurrencyCode>${it.currency}</cbc:DocumentCurrencyCode>
 <cbc:BuyerReference>991-01234-44</cbc:BuyerReference>
 <cac:AccountingSupplierParty><cac:Party>
  <cac:PostalAddress><cbc:StreetName>Marktgasse 3</cbc:StreetName><cbc:CityName>Tübingen</cbc:CityName>
   <cbc:PostalZone>72070</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  <cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Dolmetscherei Neckar GmbH</cbc:RegistrationName></cac:PartyLegalEntity>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cbc:PaymentID>${it.paymentReference}</cbc:PaymentID>
  <cac:PayeeFinancialAccount><cbc:ID>${it.iban}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
 <cac:TaxTotal><cbc:TaxAmount currencyID="${it.currency}">${it.vat}</cbc:TaxAmount></cac:TaxTotal>
 <cac:LegalMonetaryTotal>
  <cbc:TaxExclusiveAmount currencyID="${it.currency}">${it.net}</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="${it.currency}">${it.total}</cbc:TaxInclusiveAmount>
  <cbc:PayableAmount currencyID="${it.currency}">${it.total}</cbc:PayableAmount>
 </cac:LegalMonetaryTotal>
</ubl:Invoice>`);
}

/** The same in the other syntax, as it stands in a ZUGFeRD or Factur-X file. */
export function crossIndustryInvoice(sample: Sample = {}): Buffer {
  const it = { number: `Z-${randomUUID().slice(0, 8)}`, ...DEFAULTS, ...sample };
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
 <rsm:ExchangedDocument><ram:ID>${it.number}</ram:ID><ram:TypeCode>${it.typeCode}</ram:TypeCode>
  <ram:IssueDateTime><udt:DateTimeString format="102">20270201</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>
  <ram:ApplicableHeaderTradeAgreement><ram:BuyerReference>991-01234-44</ram:BuyerReference>
   <ram:SellerTradeParty><ram:Name>Saalbau Köln eG</ram:Name>
    <ram:PostalTradeAddress><ram:PostcodeCode>50667</ram:PostcodeCode><ram:LineOne>Domplatz 1</ram:LineOne>
     <ram:CityName>Köln</ram:CityName><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">22/333</ram:ID></ram:SpecifiedTaxRegistration>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE987654321</ram:ID></ram:SpecifiedTaxRegistration>
   </ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeSettlement><ram:PaymentReference>${it.paymentReference}</ram:PaymentReference>
   <ram:InvoiceCurrencyCode>${it.currency}</ram:InvoiceCurrencyCode>
   <ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode>
    <ram:PayeePartyCreditorFinancialAccount><ram:IBANID>${it.iban}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
    <ram:PayeeSpecifiedCreditorFinancialInstitution><ram:BICID>BYLADEM1001</ram:BICID></ram:PayeeSpecifiedCreditorFinancialInstitution>
   </ram:SpecifiedTradeSettlementPaymentMeans>
   <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">${it.dueOn.replaceAll('-', '')}</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
   <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    <ram:TaxBasisTotalAmount>${it.net}</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="${it.currency}">${it.vat}</ram:TaxTotalAmount>
    <ram:GrandTotalAmount>${it.total}</ram:GrandTotalAmount><ram:DuePayableAmount>${it.total}</ram:DuePayableAmount>
   </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
  </ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>`);
}

/** A PDF with an invoice in it. */
export async function zugferd(xml: Buffer, name = 'factur-x.xml'): Promise<Buffer> {
  const { PDFDocument } = await import('@cantoo/pdf-lib');
  const document = await PDFDocument.create();
  document.addPage();
  await document.attach(xml, name, { mimeType: 'text/xml' });
  return Buffer.from(await document.save());
}
