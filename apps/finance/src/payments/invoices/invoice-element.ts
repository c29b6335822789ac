import { AppError } from '#contracts';
import type { XmlElement } from '../../files/xml/xml-element';
import { dayOf, type InvoiceTerms } from './invoice-values';

const CBC = '{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}';
const CAC = '{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}';
const RAM = '{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}';
const UDT = '{urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100}';
const UBL_INVOICE = 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2';
const UBL_CREDIT_NOTE = 'urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2';
const CII = 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100';

/** The terms of an invoice by the syntax that its root names; FINANCE_INVOICE_UNREADABLE for any other XML. */
export function termsOf(root: XmlElement): InvoiceTerms {
  switch (root.namespace) {
    case UBL_INVOICE:
    case UBL_CREDIT_NOTE:
      return ublTerms(root);
    case CII:
      return ciiTerms(root);
    default:
      throw new AppError('FINANCE_INVOICE_UNREADABLE', {
        detail: `${root.name.slice(0, 100)} is no invoice of EN 16931`,
      });
  }
}

/** A path in UBL: the last step is a value, those before it are groups. */
function ubl(from: XmlElement | undefined, ...steps: string[]): string | null {
  const names = steps.map((step, index) => `${index === steps.length - 1 ? CBC : CAC}${step}`);
  return from?.textAt(...names) ?? null;
}

/** Source: EN 16931-3-2, the binding to UBL 2.1. */
function ublTerms(root: XmlElement): InvoiceTerms {
  const seller = root.find(`${CAC}AccountingSupplierParty`, `${CAC}Party`);
  // Of several ways to pay, the first that names an account.
  const means = root.all(`${CAC}PaymentMeans`);
  const transfer = means.find((each) => ubl(each, 'PayeeFinancialAccount', 'ID') !== null) ?? means[0];
  const vat = seller?.all(`${CAC}PartyTaxScheme`).find((each) => ubl(each, 'TaxScheme', 'ID') === 'VAT');
  const currency = ubl(root, 'DocumentCurrencyCode');
  return {
    format: 'UBL',
    typeCode: root.namespace === UBL_CREDIT_NOTE ? '381' : ubl(root, 'InvoiceTypeCode'),
    number: ubl(root, 'ID'),
    issuedOn: dayOf(ubl(root, 'IssueDate')),
    dueOn: dayOf(ubl(root, 'DueDate') ?? ubl(transfer, 'PaymentDueDate')),
    currency,
    supplier: seller
      ? {
          name: ubl(seller, 'PartyLegalEntity', 'RegistrationName') ?? ubl(seller, 'PartyName', 'Name'),
          vatId: ubl(vat, 'CompanyID'),
          street: ubl(seller, 'PostalAddress', 'StreetName'),
          postCode: ubl(seller, 'PostalAddress', 'PostalZone'),
          town: ubl(seller, 'PostalAddress', 'CityName'),
          country: ubl(seller, 'PostalAddress', 'Country', 'IdentificationCode'),
        }
      : null,
    payeeName: ubl(root, 'PayeeParty', 'PartyName', 'Name'),
    iban: ubl(transfer, 'PayeeFinancialAccount', 'ID'),
    bic: ubl(transfer, 'PayeeFinancialAccount', 'FinancialInstitutionBranch', 'ID'),
    net: ubl(root, 'LegalMonetaryTotal', 'TaxExclusiveAmount'),
    // A second total says the tax in the currency of accounting (BT-111).
    vat:
      root
        .all(`${CAC}TaxTotal`)
        .map((each) => each.find(`${CBC}TaxAmount`))
        .find((amount) => amount?.attribute('currencyID') === currency)
        ?.ownText.trim() ?? null,
    prepaid: ubl(root, 'LegalMonetaryTotal', 'PrepaidAmount'),
    rounding: ubl(root, 'LegalMonetaryTotal', 'PayableRoundingAmount'),
    total: ubl(root, 'LegalMonetaryTotal', 'PayableAmount'),
    buyerReference: ubl(root, 'BuyerReference'),
    paymentReference: ubl(transfer, 'PaymentID'),
  };
}

function cii(from: XmlElement | undefined, ...steps: string[]): string | null {
  return from?.textAt(...steps.map((step) => `${RAM}${step}`)) ?? null;
}

function ciiDay(from: XmlElement | undefined, ...steps: string[]): string | null {
  return dayOf(from?.find(...steps.map((step) => `${RAM}${step}`))?.textAt(`${UDT}DateTimeString`) ?? null);
}

/** Source: EN 16931-3-3, the binding to UN/CEFACT CII D16B. */
function ciiTerms(root: XmlElement): InvoiceTerms {
  const document = root.find('ExchangedDocument');
  const transaction = root.find('SupplyChainTradeTransaction');
  const agreement = transaction?.find(`${RAM}ApplicableHeaderTradeAgreement`);
  const settlement = transaction?.find(`${RAM}ApplicableHeaderTradeSettlement`);
  const seller = agreement?.find(`${RAM}SellerTradeParty`);
  const totals = settlement?.find(`${RAM}SpecifiedTradeSettlementHeaderMonetarySummation`);
  const currency = cii(settlement, 'InvoiceCurrencyCode');
  const means = settlement?.all(`${RAM}SpecifiedTradeSettlementPaymentMeans`) ?? [];
  const transfer = means.find((each) => cii(each, 'PayeePartyCreditorFinancialAccount', 'IBANID') !== null);
  const vat = seller
    ?.all(`${RAM}SpecifiedTaxRegistration`)
    .find((each) => each.find(`${RAM}ID`)?.attribute('schemeID') === 'VA');
  return {
    format: 'CII',
    typeCode: cii(document, 'TypeCode'),
    number: cii(document, 'ID'),
    issuedOn: ciiDay(document, 'IssueDateTime'),
    dueOn: ciiDay(settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime'),
    currency,
    supplier: seller
      ? {
          name: cii(seller, 'Name'),
          vatId: cii(vat, 'ID'),
          street: cii(seller, 'PostalTradeAddress', 'LineOne'),
          postCode: cii(seller, 'PostalTradeAddress', 'PostcodeCode'),
          town: cii(seller, 'PostalTradeAddress', 'CityName'),
          country: cii(seller, 'PostalTradeAddress', 'CountryID'),
        }
      : null,
    payeeName: cii(settlement, 'PayeeTradeParty', 'Name'),
    iban: cii(transfer, 'PayeePartyCreditorFinancialAccount', 'IBANID'),
    bic: cii(transfer, 'PayeeSpecifiedCreditorFinancialInstitution', 'BICID'),
    net: cii(totals, 'TaxBasisTotalAmount'),
    vat:
      totals
        ?.all(`${RAM}TaxTotalAmount`)
        .find((each) => (each.attribute('currencyID') ?? currency) === currency)
        ?.ownText.trim() ?? null,
    prepaid: cii(totals, 'TotalPrepaidAmount'),
    rounding: cii(totals, 'RoundingAmount'),
    total: cii(totals, 'DuePayableAmount'),
    buyerReference: cii(agreement, 'BuyerReference'),
    paymentReference: cii(settlement, 'PaymentReference'),
  };
}
