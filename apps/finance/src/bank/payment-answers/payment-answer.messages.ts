import type { PaymentAnswerView } from '#contracts/finance';
import type { Columns } from '#database';
import type { ReadingLanguage } from '#platform';
import { reasonText } from '../../payments/payouts/return-reasons';
import type { AnswerCause, PaymentAnswer } from './payment-answer.entity';

const CAUSES: Readonly<Record<AnswerCause, Readonly<Record<ReadingLanguage, string>>>> = {
  UNKNOWN_RUN: {
    en: 'The bank answers on a file that did not come from here.',
    de: 'Die Bank antwortet auf eine Datei, die nicht von hier stammt.',
  },
  UNKNOWN_PAYMENT: {
    en: 'The bank names a payment that is not in this file.',
    de: 'Die Bank nennt eine Zahlung, die nicht in dieser Datei steht.',
  },
  ALREADY_BOOKED: {
    en: 'The bank has booked the payment already. If its money comes back, the statement will show it.',
    de: 'Die Bank hat die Zahlung schon gebucht. Kommt das Geld zurück, zeigt es der Kontoauszug.',
  },
  NOT_IN_RUN: {
    en: 'The payment was taken out of this run here, and the run was not cancelled.',
    de: 'Die Zahlung wurde hier aus diesem Zahllauf genommen, ohne dass er abgebrochen wurde.',
  },
  NAME_NO_MATCH: {
    en: 'The name does not belong to the account. Ask the payee on a number known before.',
    de: 'Der Name gehört nicht zum Konto. Fragen Sie den Empfänger unter einer Nummer, die schon vorher bekannt war.',
  },
  NAME_CLOSE: {
    en: 'The bank knows a similar name, and a change of the account could not be proposed by itself: another one is open, or the name cannot be paid.',
    de: 'Die Bank kennt einen ähnlichen Namen, und eine Kontoänderung ließ sich nicht von selbst vorschlagen: Eine andere ist offen, oder der Name ist nicht zahlbar.',
  },
};

export function paymentAnswerView(
  answer: Columns<PaymentAnswer>,
  language: ReadingLanguage | undefined,
): PaymentAnswerView {
  return {
    id: answer.id,
    version: answer.version,
    bankMessageId: answer.bankMessageId,
    originalMessageId: answer.originalMessageId,
    paymentRunId: answer.paymentRunId,
    payoutId: answer.payoutId,
    payeeId: answer.payeeId,
    endToEndId: answer.endToEndId,
    status: answer.status,
    reason: answer.reason,
    reasonText: reasonText(answer.reason, language ?? 'en'),
    nameAtBank: answer.nameAtBank,
    state: answer.state,
    explanation: answer.cause === null ? null : CAUSES[answer.cause][language ?? 'en'],
    receivedAt: answer.receivedAt.toISOString(),
    proposal: said(answer.proposedBy, answer.proposedAt, answer.proposalReason),
    confirmation: said(answer.confirmedBy, answer.confirmedAt, answer.confirmationReason),
  };
}

function said(by: string | null, at: Date | null, reason: string | null): PaymentAnswerView['proposal'] {
  return by !== null && at !== null && reason !== null ? { by, at: at.toISOString(), reason } : null;
}
