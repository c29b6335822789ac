import { createHash } from 'node:crypto';
import XMLBuilder from 'fast-xml-builder';
import { formatMinor, type MoneyMinor } from '#contracts';
import type { PaymentType } from '#contracts/finance';
import type { ChargeBearer } from '../payment-rules/charge-bearers.reader';
import { sepaText } from '../../budget/funds/sepa-text';
import { PURPOSE_MAX } from './purpose';

export interface Payment {
  readonly endToEndId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What the payee is promised in another currency: that is instructed, and the bank debits the account by its rate. */
  readonly instructed: MoneyMinor | null;
  readonly remittance: string;
  /** Null inside SEPA, where the scheme says it for all payments (SLEV). */
  readonly chargeBearer: ChargeBearer | null;
  /** ISO 11649: where the payee gave one, it stands structured instead of the text. */
  readonly creditorReference: string | null;
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

/** What all payments of a file have in common. */
export interface PaymentFileHead {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly executionOn: string;
  readonly paymentType: PaymentType;
  /** Of all its payments. */
  readonly currency: string;
  readonly debtor: { readonly holder: string; readonly iban: string; readonly bic: string };
}

export interface PaymentFile {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly payments: number;
  readonly totalMinor: bigint;
  /** What is instructed of payments in another currency; else the same. */
  readonly instructedMinor: bigint;
}

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
const END_OF_PAYMENTS = '</PmtInf>';

/**
 * Writes the bank file of one payment run: ISO 20022 pain.001.001.09 with structured addresses, in the character set that every bank
 * carries. The same input gives the same bytes, however it is divided. Takes the payments part by part and keeps of each part its
 * bytes only. Each part is validated in a document of its own: the schema knows no rule between two payments, so their
 * concatenation is valid too, and a file of 10,000 needs no more memory for it than one of a few hundred. Source:
 * docs/domain.md#bank-formats.
 */
export class Pain001Writer {
  private readonly parts: Buffer[] = [];
  private payments = 0;
  private totalMinor = 0n;
  private instructedMinor = 0n;
  private lastPart = '';

  /** `assertValid` throws when a document does not follow the official schema. */
  constructor(
    private readonly head: PaymentFileHead,
    private readonly assertValid: (xml: string) => void,
  ) {}

  add(payments: readonly Payment[]): void {
    if (payments.length === 0) return;
    const xml: string = builder.build({ CdtTrfTxInf: payments.map(transaction) });
    const totalMinor = payments.reduce((total, payment) => total + payment.amountMinor, 0n);
    const instructedMinor = payments.reduce((total, payment) => total + instructedOf(payment).amountMinor, 0n);
    this.assertValid(envelope(this.head, { payments: payments.length, totalMinor: instructedMinor }).join(xml));
    this.parts.push(Buffer.from(xml, 'utf8'));
    this.payments += payments.length;
    this.totalMinor += totalMinor;
    this.instructedMinor += instructedMinor;
    this.lastPart = xml;
  }

  /** The whole file, with the totals of all its payments. */
  close(): PaymentFile {
    const { payments, totalMinor, instructedMinor } = this;
    const around = envelope(this.head, { payments, totalMinor: instructedMinor });
    this.assertValid(around.join(this.lastPart));
    const [opening, closing] = around;
    const bytes = Buffer.concat([Buffer.from(opening, 'utf8'), ...this.parts, Buffer.from(closing, 'utf8')]);
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), payments, totalMinor, instructedMinor };
  }
}

/** What stands before and after the payments. */
function envelope(
  file: PaymentFileHead,
  { payments, totalMinor }: { payments: number; totalMinor: bigint },
): [opening: string, closing: string] {
  const totals = { NbOfTxs: String(payments), CtrlSum: formatMinor(totalMinor, file.currency) };
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
          ...(file.paymentType === 'SEPA' && { ChrgBr: 'SLEV' }),
        },
      },
    },
  };
  const xml: string = builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, ...document });
  const end = xml.indexOf(END_OF_PAYMENTS);
  return [xml.slice(0, end).trimEnd() + '\n', xml.slice(end)];
}

function instructedOf({ instructed, amountMinor, currency }: Payment): MoneyMinor {
  return instructed ?? { amountMinor, currency };
}

function transaction(payment: Payment): object {
  const { endToEndId, chargeBearer, creditor, ...purpose } = payment;
  const { amountMinor, currency } = instructedOf(payment);
  return {
    PmtId: { InstrId: endToEndId, EndToEndId: endToEndId },
    Amt: { InstdAmt: { '@Ccy': currency, '#': formatMinor(amountMinor, currency) } },
    ...(chargeBearer !== null && { ChrgBr: chargeBearer }),
    ...(creditor.bic !== null && { CdtrAgt: { FinInstnId: { BICFI: creditor.bic } } }),
    Cdtr: { Nm: sepaText(creditor.name, NAME_MAX), PstlAdr: address(creditor) },
    CdtrAcct: { Id: creditor.iban === null ? { Othr: { Id: creditor.accountNumber } } : { IBAN: creditor.iban } },
    RmtInf: remittanceOf(purpose),
  };
}

/** In SEPA either a text or one reference, never both (EPC115-06, AT-05). */
function remittanceOf({ remittance, creditorReference }: Pick<Payment, 'remittance' | 'creditorReference'>): object {
  if (creditorReference === null) return { Ustrd: sepaText(remittance, PURPOSE_MAX) };
  return { Strd: { CdtrRefInf: { Tp: { CdOrPrtry: { Cd: 'SCOR' } }, Ref: creditorReference } } };
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
