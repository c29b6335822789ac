import { PAYMENT_ANSWER_STATUSES, type PaymentAnswerStatus } from '#contracts/finance';
import type { ParsedAnswer, ParsedBankMessage } from '../bank-entries/parsed-message';
import type { XmlElement } from '../../files/xml/xml-element';
import { at, exceeded, referenceAt, requiredReferenceAt, textOf, unreadable } from './bank-values';

/** Payments of one report; a payment run has 10,000 at the most. */
export const ANSWERS_MAX = 50_000;
/** ISO 20022, Max140Text: names. */
const NAME_CHARACTERS_MAX = 140;
/**
 * ISO 20022, ExternalPaymentGroupStatus1Code and ExternalPaymentTransactionStatus1Code as far as banks use them, and the verdicts of
 * the check of name against IBAN.
 */
const STATUSES = new Set(
  'ACCC ACCP ACSC ACSP ACTC ACWC PART PDNG RCVD RJCT ACFC ACWP PATC CANC RCVC RVMC RVNM RVNA RVCM'.split(' '),
);
const ASKING: ReadonlySet<string> = new Set(PAYMENT_ANSWER_STATUSES);
/** What holds for a whole file when it is said of it. */
const OF_ALL: ReadonlySet<string> = new Set(['RJCT', 'CANC']);

/** Reads a payment status report (pain.002): what the bank says of the payments of a file. */
export class StatusReportReader {
  private readonly answers: ParsedAnswer[] = [];

  take(payment: XmlElement): void {
    if (payment.name !== 'TxInfAndSts') return;
    const status = statusOf(payment, 'TxSts');
    if (!isAsking(status)) return;
    if (this.answers.length >= ANSWERS_MAX) throw exceeded(payment.path, payment, 'answers', ANSWERS_MAX);
    const endToEndId = referenceAt(payment, 'OrgnlEndToEndId') ?? referenceAt(payment, 'OrgnlInstrId');
    this.answers.push({ endToEndId, status, reason: reasonOf(payment), nameAtBank: nameOf(payment) });
  }

  finish(document: XmlElement): ParsedBankMessage {
    const root = at(document, 'CstmrPmtStsRpt');
    const group = at(root, 'OrgnlGrpInfAndSts');
    const batches = root.all('OrgnlPmtInfAndSts');
    for (const batch of batches) requiredReferenceAt(batch, 'OrgnlPmtInfId');
    // A file from here has one batch, so what is said of a batch is said of the whole file.
    const said = [statusOf(group, 'GrpSts'), ...batches.map((batch) => statusOf(batch, 'PmtInfSts'))];
    const status = said.find((each): each is PaymentAnswerStatus => each !== null && OF_ALL.has(each));
    const reason = [group, ...batches].map(reasonOf).find((each) => each !== null) ?? null;
    return {
      kind: 'PAIN_002',
      messageId: requiredReferenceAt(at(root, 'GrpHdr'), 'MsgId'),
      report: {
        originalMessageId: requiredReferenceAt(group, 'OrgnlMsgId'),
        group: status ? { status, reason } : null,
        // A reason that stands above the payments holds for those that have none of their own.
        answers: this.answers.map((answer) => ({ ...answer, reason: answer.reason ?? reason })),
      },
    };
  }
}

function isAsking(status: string | null): status is PaymentAnswerStatus {
  return status !== null && ASKING.has(status);
}

function statusOf(element: XmlElement, name: string): string | null {
  const status = element.textAt(name);
  if (status !== null && !STATUSES.has(status)) throw unreadable(`${element.path}/${name}`, 'is no payment status');
  return status;
}

function reasonOf(element: XmlElement): string | null {
  return referenceAt(element, 'StsRsnInf', 'Rsn', 'Cd') ?? referenceAt(element, 'StsRsnInf', 'Rsn', 'Prtry');
}

/** Banks give the name they know as additional information, or as the name of the creditor. */
function nameOf(payment: XmlElement): string | null {
  const additional = payment.all('StsRsnInf').flatMap((info) => info.all('AddtlInf').map(textOf));
  const name = additional.join('').trim() || payment.textAt('OrgnlTxRef', 'Cdtr', 'Pty', 'Nm');
  return name === null || name === '' ? null : name.slice(0, NAME_CHARACTERS_MAX).toWellFormed();
}
