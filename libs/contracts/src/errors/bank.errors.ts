import { declareErrors } from './declare';

/** Refusals of the finance service about payment runs and what the bank says. */
export const bankErrors = declareErrors({
  FINANCE_PAYMENT_RUN_EMPTY: {
    kind: 'conflict',
    en: 'There is no ordered payout of this fund and payment type.',
    de: 'Es gibt keine angeordnete Auszahlung dieses Fonds und dieser Zahlungsart.',
  },
  FINANCE_PAYMENT_RUN_CURRENCIES_MIXED: {
    kind: 'unprocessable',
    en: 'One payment run is of one currency. Name the currency, and make a run for each.',
    de: 'Ein Zahllauf hat eine einzige Währung. Bitte die Währung angeben und für jede einen eigenen Lauf anlegen.',
  },
  FINANCE_PAYMENT_RUN_DEBIT_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The run pays in another currency; only the statement says what the bank debited. Import it: that books the run.',
    de: 'Der Lauf zahlt in anderer Währung; nur der Kontoauszug sagt, was die Bank abgebucht hat. Bitte ihn einlesen: Das bucht den Lauf.',
  },
  FINANCE_PAYMENT_RUN_PAYOUT_UNFIT: {
    kind: 'unprocessable',
    en: 'A payout does not belong to this fund or to this payment type.',
    de: 'Eine Auszahlung gehört nicht zu diesem Fonds oder nicht zu dieser Zahlungsart.',
  },
  FINANCE_PAYMENT_RUN_ADDRESS_INCOMPLETE: {
    kind: 'unprocessable',
    en: 'A foreign payee has no town or country that a bank can carry. Each fault is named.',
    de: 'Ein Empfänger im Ausland hat keinen Ort oder kein Land, das die Bank übermitteln kann. Jeder Fehler ist genannt.',
  },
  FINANCE_BANK_MESSAGE_UNREADABLE: {
    kind: 'unprocessable',
    en: 'This is no pain.002.001.10, camt.053.001.08 or camt.054.001.08 message.',
    de: 'Das ist keine Nachricht der Art pain.002.001.10, camt.053.001.08 oder camt.054.001.08.',
  },
  FINANCE_BANK_MESSAGE_SCHEMA: {
    kind: 'unprocessable',
    en: 'The message does not follow its schema. The first faults are named.',
    de: 'Die Nachricht entspricht nicht ihrem Schema. Die ersten Fehler sind genannt.',
  },
  FINANCE_PAYMENT_ANSWER_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The answer of the bank is not in the state that this act needs.',
    de: 'Die Antwort der Bank ist nicht in dem Zustand, den diese Handlung voraussetzt.',
  },
  FINANCE_PAYMENT_ANSWER_FOUR_EYES: {
    kind: 'conflict',
    en: 'You proposed this. Another person must confirm it.',
    de: 'Sie haben dies vorgeschlagen. Bestätigen muss eine andere Person.',
  },
  FINANCE_PAYMENT_RUN_NAME_UNCONFIRMED: {
    kind: 'conflict',
    en: 'The bank says that a payee’s name and account do not belong together. Two persons must confirm that it is paid all the same, or the run is given up.',
    de: 'Die Bank meldet, dass Name und Konto eines Empfängers nicht zusammengehören. Zwei Personen müssen bestätigen, dass dennoch gezahlt wird, oder der Lauf wird abgebrochen.',
  },
  FINANCE_BANK_ENTRY_AMOUNT_EXCEEDED: {
    kind: 'unprocessable',
    en: 'The amounts exceed what is open on the bank entry or on a payout.',
    de: 'Die Beträge übersteigen, was an der Bankbuchung oder an einer Auszahlung offen ist.',
  },
  FINANCE_BANK_ENTRY_SETTLED: {
    kind: 'conflict',
    en: 'The bank entry is matched already.',
    de: 'Die Bankbuchung ist schon zugeordnet.',
  },
  FINANCE_BANK_ENTRY_NOT_MATCHED: {
    kind: 'conflict',
    en: 'No match of the bank entry stands that could be taken back.',
    de: 'An der Bankbuchung steht keine Zuordnung, die sich zurücknehmen ließe.',
  },
  FINANCE_BANK_MATCH_FOLLOWED: {
    kind: 'conflict',
    en: 'Something followed this match: a return of the payment, or a decision on its money. Take that back first.',
    de: 'Auf diese Zuordnung folgte etwas: eine Rückkehr der Zahlung oder eine Entscheidung über ihr Geld. Das ist zuerst zurückzunehmen.',
  },
  FINANCE_BANK_ENTRY_NO_CREDIT: {
    kind: 'unprocessable',
    en: 'Only a credit is money that came back.',
    de: 'Nur ein Eingang ist Geld, das zurückkam.',
  },
  FINANCE_BANK_ENTRY_FUND_MISMATCH: {
    kind: 'unprocessable',
    en: 'The fund does not use the account of the bank entry, or has another currency.',
    de: 'Der Fonds nutzt nicht das Konto der Bankbuchung oder hat eine andere Währung.',
  },
  FINANCE_BANK_ENTRY_DISMISSAL_PENDING: {
    kind: 'conflict',
    en: 'A dismissal of this bank entry is proposed already.',
    de: 'Für diese Bankbuchung ist schon vorgeschlagen, dass sie zu keiner Auszahlung gehört.',
  },
  FINANCE_BANK_ENTRY_DISMISSAL_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The dismissal is not in the state that this act needs.',
    de: 'Der Vorschlag zur Bankbuchung ist nicht in dem Zustand, den diese Handlung voraussetzt.',
  },
  FINANCE_BANK_ENTRY_DISMISSAL_FOUR_EYES: {
    kind: 'conflict',
    en: 'You proposed this dismissal. Another person must confirm it.',
    de: 'Sie haben dies vorgeschlagen. Bestätigen muss eine andere Person.',
  },
  FINANCE_MATCH_NOT_POSSIBLE: {
    kind: 'unprocessable',
    en: 'A debit books payouts that were sent, a credit returns booked ones; the debtor account must be the same.',
    de: 'Eine Belastung bucht gesendete Auszahlungen, eine Gutschrift gibt gebuchte zurück; das Konto muss dasselbe sein.',
  },
  FINANCE_PAYMENT_RUN_YEAR_NOT_STARTED: {
    kind: 'conflict',
    en: 'A payout belongs to a budget year that has not started on the execution date.',
    de: 'Eine Auszahlung gehört zu einem Haushaltsjahr, das am Ausführungstag noch nicht begonnen hat.',
  },
  FINANCE_PAYMENT_RUN_DAY_OUT_OF_RANGE: {
    kind: 'unprocessable',
    en: 'A payment is executed today at the earliest, and no later than the rule execution-days-ahead says.',
    de: 'Eine Zahlung wird frühestens heute ausgeführt und spätestens so viele Tage danach, wie die Regel sagt.',
  },
  FINANCE_PAYMENT_RUN_BOOKING_DAY_IMPOSSIBLE: {
    kind: 'unprocessable',
    en: 'The bank booked no earlier than its file was written, and no later than today.',
    de: 'Die Bank hat nicht vor dem Tag gebucht, an dem die Datei entstand, und nicht nach heute.',
  },
  FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The payment run is not in the state that this act needs.',
    de: 'Der Zahlungslauf ist nicht in dem Zustand, den diese Handlung voraussetzt.',
  },
  FINANCE_PAYMENT_RUN_CARRIED_OUT: {
    kind: 'conflict',
    en: 'The bank has carried out a payment of this run already. Record that it was sent.',
    de: 'Die Bank hat eine Zahlung dieses Laufs schon ausgeführt. Halten Sie fest, dass er gesendet wurde.',
  },
  FINANCE_PAYMENT_RUN_FOUR_EYES: {
    kind: 'conflict',
    en: 'You made this payment run, or proposed this. Another person must decide.',
    de: 'Sie haben diesen Zahlungslauf erstellt oder dies vorgeschlagen. Entscheiden muss eine andere Person.',
  },
  FINANCE_PAYMENT_RUN_NOT_CARRIED_OUT: {
    kind: 'conflict',
    en: 'Only a run that was cancelled here, and of which the bank has booked a payment, goes on.',
    de: 'Nur ein hier abgebrochener Lauf, von dem die Bank eine Zahlung gebucht hat, wird fortgeführt.',
  },
  FINANCE_PAYMENT_RUN_REINSTATEMENT_PENDING: {
    kind: 'conflict',
    en: 'It was proposed already that this run goes on. A second person decides.',
    de: 'Dass dieser Lauf fortgeführt wird, ist schon vorgeschlagen. Eine zweite Person entscheidet.',
  },
  FINANCE_PAYMENT_RUN_REINSTATEMENT_MISSING: {
    kind: 'conflict',
    en: 'Nobody has proposed that this run goes on, or it was decided already.',
    de: 'Dass dieser Lauf fortgeführt wird, hat niemand vorgeschlagen, oder es ist schon entschieden.',
  },
  FINANCE_PAYMENT_RUN_PAYOUT_ELSEWHERE: {
    kind: 'conflict',
    en: 'A payout of this run is in another run now whose file has not gone to the bank. Cancel that one first, or it is paid twice.',
    de: 'Eine Auszahlung dieses Laufs ist jetzt in einem anderen, noch nicht gesendeten Lauf. Brechen Sie zuerst diesen ab, sonst wird sie doppelt gezahlt.',
  },
  FINANCE_PAYMENT_RUN_PAYOUT_BLOCKED: {
    kind: 'conflict',
    en: 'The run holds a payout that was blocked after its file was written. The file must not go to the bank.',
    de: 'Der Lauf enthält eine Auszahlung, die nach dem Schreiben der Datei gesperrt wurde. Die Datei darf nicht zur Bank.',
  },
  FINANCE_BANK_ACCOUNT_CHANGE_PENDING: {
    kind: 'conflict',
    en: 'Another bank account change of this payee is not decided yet.',
    de: 'Über eine andere Änderung der Bankverbindung dieses Empfängers ist noch nicht entschieden.',
  },
  FINANCE_BANK_ACCOUNT_UNCHANGED: {
    kind: 'unprocessable',
    en: 'This is already the bank account of the payee.',
    de: 'Das ist schon die Bankverbindung des Empfängers.',
  },
  FINANCE_BANK_ACCOUNT_CHANGE_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The bank account change is not in the state that this act needs.',
    de: 'Die Änderung der Bankverbindung ist nicht in dem Zustand, den diese Handlung voraussetzt.',
  },
  FINANCE_BANK_ACCOUNT_CHANGE_FOUR_EYES: {
    kind: 'conflict',
    en: 'You proposed this bank account. Another person must decide on it.',
    de: 'Sie haben diese Bankverbindung vorgeschlagen. Entscheiden muss eine andere Person.',
  },
});
