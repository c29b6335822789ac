import XMLBuilder from 'fast-xml-builder';
import { formatMinor, type PaymentType } from '#contracts';
import { sepaText } from '../payees/sepa-text';

export interface Payment {
  readonly endToEndId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly remittance: string;
  readonly creditor: {
    readonly name: string;
    readonly street: string | null;
    readonly buildingNumber: string | null;
    readonly postCode: string | null;
    readonly town: string;
    readonly country: string;
    readonly iban: string | null;
    readonly accountNumber: string | null;
    readonly bic: string | null;
  };
}

export interface PaymentFile {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly executionOn: string;
  readonly paymentType: PaymentType;
  readonly debtor: { readonly holder: string; readonly iban: string; readonly bic: string };
  readonly payments: readonly Payment[];
}

/** Writes text by text, so that a file of 10,000 payments needs little more memory than its own size. */
const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  format: true,
  indentBy: ' ',
  suppressEmptyNode: true,
});

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const NAME_MAX = 70;
const REMITTANCE_MAX = 140;

/**
 * The bank file of one payment run: ISO 20022 pain.001.001.09 with structured addresses, in the character set that every bank
 * carries. The same input gives the same bytes. Source: domain.md 3.9.
 */
export function buildPain001(file: PaymentFile): string {
  const totals = {
    NbOfTxs: String(file.payments.length),
    CtrlSum: formatMinor(
      file.payments.reduce((total, payment) => total + payment.amountMinor, 0n),
      'EUR',
    ),
  };
  const holder = sepaText(file.debtor.holder, NAME_MAX);
  const document = {
    Document: {
      '@xmlns': NAMESPACE,
      CstmrCdtTrfInitn: {
        GrpHdr: {
          MsgId: file.messageId,
          CreDtTm: file.createdAt.toISOString(),
          ...totals,
          InitgPty: { Nm: holder },
        },
        PmtInf: {
          PmtInfId: file.messageId,
          PmtMtd: 'TRF',
          BtchBookg: 'false',
          ...totals,
          PmtTpInf: { SvcLvl: { Cd: file.paymentType === 'SEPA' ? 'SEPA' : 'NURG' } },
          ReqdExctnDt: { Dt: file.executionOn },
          Dbtr: { Nm: holder },
          DbtrAcct: { Id: { IBAN: file.debtor.iban } },
          DbtrAgt: { FinInstnId: { BICFI: file.debtor.bic } },
          ChrgBr: file.paymentType === 'SEPA' ? 'SLEV' : 'SHAR',
          CdtTrfTxInf: file.payments.map(transaction),
        },
      },
    },
  };
  return builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, ...document });
}

function transaction({ endToEndId, amountMinor, currency, remittance, creditor }: Payment): object {
  return {
    PmtId: { InstrId: endToEndId, EndToEndId: endToEndId },
    Amt: { InstdAmt: { '@Ccy': currency, '#': formatMinor(amountMinor, currency) } },
    ...(creditor.bic !== null && { CdtrAgt: { FinInstnId: { BICFI: creditor.bic } } }),
    Cdtr: { Nm: sepaText(creditor.name, NAME_MAX), PstlAdr: address(creditor) },
    CdtrAcct: { Id: creditor.iban === null ? { Othr: { Id: creditor.accountNumber } } : { IBAN: creditor.iban } },
    RmtInf: { Ustrd: sepaText(remittance, REMITTANCE_MAX) },
  };
}

/**
 * Structured; hybrid where the street has no house number (a P.O. box, a plot): then it goes as address line, beside the town and
 * country that must be structured since 16 November 2026.
 */
function address(creditor: Payment['creditor']): object {
  const street = creditor.street && sepaText(creditor.street, 70);
  const isHybrid = !creditor.buildingNumber;
  const parts = {
    StrtNm: isHybrid ? null : street,
    BldgNb: creditor.buildingNumber && sepaText(creditor.buildingNumber, 16),
    PstCd: creditor.postCode && sepaText(creditor.postCode, 16),
    TwnNm: sepaText(creditor.town, 35),
    Ctry: creditor.country,
    AdrLine: isHybrid ? street : null,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, text]) => text));
}
