import type { ParsedBankMessage } from '../bank-entries/parsed-message';
import type { XmlElement } from '../../files/xml/xml-element';
import { at, exceeded, referenceAt, requiredReferenceAt, unreadable } from './bank-values';

/** Payments of one report; a payment run has 10,000 at the most. */
export const REJECTED_MAX = 50_000;
/** ISO 20022, ExternalPaymentGroupStatus1Code and ExternalPaymentTransactionStatus1Code as far as banks use them. */
const STATUSES = new Set('ACCC ACCP ACSC ACSP ACTC ACWC PART PDNG RCVD RJCT ACFC ACWP PATC CANC'.split(' '));

/** Reads a payment status report (pain.002): which payments of a file the bank refused. */
export class StatusReportReader {
  private readonly rejected: { endToEndId: string; reason: string | null }[] = [];

  take(payment: XmlElement): void {
    if (payment.name !== 'TxInfAndSts' || statusOf(payment, 'TxSts') !== 'RJCT') return;
    if (this.rejected.length >= REJECTED_MAX) throw exceeded(payment.path, payment, 'rejectedPayments', REJECTED_MAX);
    this.rejected.push({ endToEndId: requiredReferenceAt(payment, 'OrgnlEndToEndId'), reason: reasonOf(payment) });
  }

  finish(document: XmlElement): ParsedBankMessage {
    const root = at(document, 'CstmrPmtStsRpt');
    const group = at(root, 'OrgnlGrpInfAndSts');
    const batches = root.all('OrgnlPmtInfAndSts');
    for (const batch of batches) requiredReferenceAt(batch, 'OrgnlPmtInfId');
    // A file from here has one batch, so a refused batch is the whole file.
    const isRejected =
      statusOf(group, 'GrpSts') === 'RJCT' || batches.some((batch) => statusOf(batch, 'PmtInfSts') === 'RJCT');
    return {
      kind: 'PAIN_002',
      messageId: requiredReferenceAt(at(root, 'GrpHdr'), 'MsgId'),
      report: {
        originalMessageId: requiredReferenceAt(group, 'OrgnlMsgId'),
        isGroupRejected: isRejected,
        groupReason: [group, ...batches].map(reasonOf).find((reason) => reason !== null) ?? null,
        rejected: this.rejected,
      },
    };
  }
}

function statusOf(element: XmlElement, name: string): string | null {
  const status = element.textAt(name);
  if (status !== null && !STATUSES.has(status)) throw unreadable(`${element.path}/${name}`, 'is no payment status');
  return status;
}

function reasonOf(element: XmlElement): string | null {
  return referenceAt(element, 'StsRsnInf', 'Rsn', 'Cd') ?? referenceAt(element, 'StsRsnInf', 'Rsn', 'Prtry');
}
