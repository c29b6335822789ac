import { declareErrors } from './declare';

/** Refusals of the finance service about drawdowns, proofs of use, claims, rates and exports. */
export const publicMoneyErrors = declareErrors({
  FINANCE_PUBLIC_MONEY_RULE_MISSING: {
    kind: 'unprocessable',
    en: 'The rule set has no rule of this kind in force on the day.',
    de: 'Das Regelwerk hat an diesem Tag keine geltende Regel dieser Art.',
  },
  FINANCE_BASE_RATE_MISSING: {
    kind: 'unprocessable',
    en: 'No base rate is recorded for the start of the interest period.',
    de: 'Für den Beginn des Zinszeitraums ist kein Basiszinssatz erfasst.',
  },
  FINANCE_DRAWDOWN_PLACE_REPEATED: {
    kind: 'unprocessable',
    en: 'A drawdown names each place of spending at most once.',
    de: 'Ein Mittelabruf nennt jeden Ort der Verausgabung höchstens einmal.',
  },
  FINANCE_DRAWDOWN_DATE_INVALID: {
    kind: 'unprocessable',
    en: 'The money cannot be received before it was requested, nor in the future.',
    de: 'Die Mittel können nicht vor dem Abruf und nicht in der Zukunft eingegangen sein.',
  },
  FINANCE_DRAWDOWN_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The drawdown is not in the state that this act needs.',
    de: 'Der Mittelabruf ist nicht in dem Zustand, den diese Handlung voraussetzt.',
  },
  FINANCE_PROOF_COMMITMENT_MISMATCH: {
    kind: 'unprocessable',
    en: 'The commitment is not known or belongs to another fund.',
    de: 'Die Mittelbindung ist nicht bekannt oder gehört zu einem anderen Fonds.',
  },
  FINANCE_PROOF_PLAN_REPEATED: {
    kind: 'unprocessable',
    en: 'The financing plan names each cost category at most once.',
    de: 'Der Finanzierungsplan nennt jede Kostenart höchstens einmal.',
  },
  FINANCE_PROOF_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The proof of use is not in the state that this act needs.',
    de: 'Der Verwendungsnachweis ist nicht in dem Zustand, den diese Handlung voraussetzt.',
  },
  FINANCE_PROOF_FOUR_EYES: {
    kind: 'conflict',
    en: 'Who submitted a proof of use does not check or decide on it.',
    de: 'Wer einen Verwendungsnachweis eingereicht hat, prüft ihn nicht und entscheidet nicht darüber.',
  },
  FINANCE_PROOF_ACTUAL_INVALID: {
    kind: 'unprocessable',
    en: 'State the actual amount of every planned cost category, and only of those, once each.',
    de: 'Bitte zu jeder geplanten Kostenart, und nur zu diesen, genau einen Ist-Betrag angeben.',
  },
  FINANCE_PROOF_EXPLANATION_MISSING: {
    kind: 'unprocessable',
    en: 'A cost category exceeds its plan by more than the rule allows. Explain why.',
    de: 'Eine Kostenart überschreitet den Ansatz stärker, als die Regel erlaubt. Bitte begründen.',
  },
  FINANCE_PROOF_RECEIPTS_MISMATCH: {
    kind: 'unprocessable',
    en: 'The receipts of a cost category do not add up to its actual amount.',
    de: 'Die Belege einer Kostenart ergeben nicht deren Ist-Betrag.',
  },
  FINANCE_PROOF_RECEIPT_OUTSIDE_PERIOD: {
    kind: 'unprocessable',
    en: 'A receipt was paid outside the period of the proof.',
    de: 'Ein Beleg wurde außerhalb des Nachweiszeitraums bezahlt.',
  },
  FINANCE_PROOF_RECEIPT_RATE_INVALID: {
    kind: 'unprocessable',
    en: 'A receipt in another currency names the exchange rate of that currency that was used; one in EUR names none.',
    de: 'Ein Beleg in fremder Währung nennt den verwendeten Kurs dieser Währung, ein Beleg in EUR keinen.',
  },
  FINANCE_PROOF_RECEIPT_DUPLICATE: {
    kind: 'conflict',
    en: 'A receipt was already accounted for: the same file, or the same number, amount and payee.',
    de: 'Ein Beleg wurde schon abgerechnet: dieselbe Datei oder dieselbe Nummer, derselbe Betrag und Empfänger.',
  },
  FINANCE_PROOF_RECEIPT_DOCUMENT_MISMATCH: {
    kind: 'unprocessable',
    en: 'The scanned receipt has another sha256 than the receipt states. See errors for the receipt.',
    de: 'Der eingereichte Beleg hat eine andere SHA-256 als angegeben. Der Beleg steht unter errors.',
  },
  FINANCE_PROOF_CHECK_FAILED: {
    kind: 'conflict',
    en: 'A check of the proof failed. Accept it with a claim, or give the reason for accepting it without one.',
    de: 'Eine Prüfung des Nachweises ist nicht bestanden. Bitte mit Forderung annehmen oder die Annahme ohne Forderung begründen.',
  },
  FINANCE_CLAIM_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The claim is not in the state that this act needs.',
    de: 'Die Forderung ist nicht in dem Zustand, den diese Handlung voraussetzt.',
  },
  FINANCE_CLAIM_FOUR_EYES: {
    kind: 'conflict',
    en: 'Who drafted a claim does not decide on it.',
    de: 'Wer eine Forderung entworfen hat, entscheidet nicht über sie.',
  },
  FINANCE_CLAIM_HEARING_OPEN: {
    kind: 'conflict',
    en: 'The hearing has not ended: wait for its last day or record the statement.',
    de: 'Die Anhörung ist nicht beendet: bitte die Frist abwarten oder die Stellungnahme erfassen.',
  },
  FINANCE_CLAIM_NOT_DEMANDED: {
    kind: 'conflict',
    en: 'The claim is not due, or nothing of it is open: there is nothing to ask the debtor for.',
    de: 'Die Forderung ist nicht fällig gestellt, oder es ist nichts mehr offen: Es gibt nichts anzufordern.',
  },
  FINANCE_CLAIM_DATE_INVALID: {
    kind: 'unprocessable',
    en: 'A date of the claim lies before the day it must follow, or a payment in the future.',
    de: 'Ein Datum der Forderung liegt vor dem Tag, dem es folgen muss, oder eine Zahlung in der Zukunft.',
  },
  FINANCE_CLAIM_PAYMENT_TOO_HIGH: {
    kind: 'conflict',
    en: 'The payment exceeds what is still open.',
    de: 'Die Zahlung übersteigt den offenen Betrag.',
  },
  FINANCE_CLAIM_PAYMENT_RECEIVED: {
    kind: 'conflict',
    en: 'The bank has brought this payment of that day already.',
    de: 'Diese Zahlung des Tages ist mit dem Kontoauszug schon erfasst.',
  },
  FINANCE_CLAIM_WAIVER_TOO_HIGH: {
    kind: 'conflict',
    en: 'More than is open cannot be waived. The open amount stands in the details.',
    de: 'Mehr als offen ist, kann nicht erlassen werden. Der offene Betrag steht in den Einzelheiten.',
    amounts: ['openMinor'],
  },
  FINANCE_CLAIM_INTEREST_NOTHING: {
    kind: 'conflict',
    en: 'Up to that day no interest has been added to what was demanded before.',
    de: 'Bis zu diesem Tag sind keine Zinsen hinzugekommen, die nicht schon gefordert sind.',
  },
  FINANCE_CLAIM_INTEREST_PROVISIONAL: {
    kind: 'conflict',
    en: 'A half-year up to that day has no recorded base rate yet. Record it first.',
    de: 'Für ein Halbjahr bis zu diesem Tag ist noch kein Basiszinssatz erfasst. Bitte zuerst erfassen.',
  },
  FINANCE_CLAIM_INTEREST_NOT_OF_BUDGET: {
    kind: 'conflict',
    en: 'Interest belongs to the financier and does not go to the budget of the fund (BHO 15).',
    de: 'Zinsen gehören dem Zuwendungsgeber und gehen nicht in den Haushalt des Fonds (BHO 15).',
  },
  FINANCE_CLAIM_PAYMENT_UNKNOWN: {
    kind: 'not_found',
    en: 'The claim has no payment of this number.',
    de: 'Die Forderung hat keine Zahlung mit dieser Nummer.',
  },
  FINANCE_CLAIM_PAYMENT_ENDED: {
    kind: 'conflict',
    en: 'The payment was reversed, or its money was settled.',
    de: 'Die Zahlung wurde storniert, oder über ihr Geld wurde schon entschieden.',
  },
  FINANCE_CLAIM_INSTALMENTS_MISMATCH: {
    kind: 'unprocessable',
    en: 'The instalments must rise in date and add up to the open amount.',
    de: 'Die Raten müssen zeitlich aufeinander folgen und den offenen Betrag ergeben.',
  },
  FINANCE_CLAIM_CONSENT_MISSING: {
    kind: 'conflict',
    en: 'Above the threshold for minor claims this act needs the reference of the consent (BHO 59).',
    de: 'Oberhalb der Bagatellgrenze braucht diese Handlung das Aktenzeichen der Einwilligung (BHO 59).',
  },
  FINANCE_EXCHANGE_RATE_EXISTS: {
    kind: 'conflict',
    en: 'This source already gives a rate for the currency and day, or the rate was corrected before. Correct the latest one.',
    de: 'Diese Quelle nennt für Währung und Tag schon einen Kurs, oder er wurde schon berichtigt. Bitte den letzten berichtigen.',
  },
  FINANCE_EXCHANGE_RATE_CORRECTION_MISMATCH: {
    kind: 'unprocessable',
    en: 'A correction names a recorded rate of the same currency, day and source.',
    de: 'Eine Berichtigung nennt einen erfassten Kurs derselben Währung, desselben Tages und derselben Quelle.',
  },
  FINANCE_EXCHANGE_RATE_FOUR_EYES: {
    kind: 'conflict',
    en: 'You recorded this exchange rate. Another person must confirm it.',
    de: 'Sie haben diesen Kurs erfasst. Bestätigen muss ihn eine andere Person.',
  },
  FINANCE_EXCHANGE_RATE_PROPOSAL_DECIDED: {
    kind: 'conflict',
    en: 'This exchange rate was confirmed or rejected already.',
    de: 'Dieser Kurs ist schon bestätigt oder abgelehnt.',
  },
  FINANCE_BASE_RATE_CORRECTION_MISMATCH: {
    kind: 'unprocessable',
    en: 'A correction names a recorded base rate of the same half-year.',
    de: 'Eine Berichtigung nennt einen erfassten Basiszinssatz desselben Halbjahres.',
  },
  FINANCE_BASE_RATE_EXISTS: {
    kind: 'conflict',
    en: 'A base rate is already recorded for this half-year, or was corrected before. Correct the latest one.',
    de: 'Für dieses Halbjahr ist schon ein Basiszinssatz erfasst, oder er wurde schon berichtigt. Bitte den letzten berichtigen.',
  },
  FINANCE_EXPORT_PERIOD_INVALID: {
    kind: 'unprocessable',
    en: 'The export needs a period of days, for DATEV within one calendar year.',
    de: 'Der Export braucht einen Zeitraum, für DATEV innerhalb eines Kalenderjahres.',
  },
  FINANCE_DATEV_NUMBER_MISSING: {
    kind: 'unprocessable',
    en: 'A DATEV batch names its consultant and client number; none is set for this installation, and none is guessed.',
    de: 'Ein DATEV-Stapel nennt Berater- und Mandantennummer; hier ist keine eingestellt, und geraten wird keine.',
  },
  FINANCE_EXPORT_CHANGED: {
    kind: 'conflict',
    en: 'The bank booked something in the period while the file was read. Ask for it again.',
    de: 'Während die Datei gelesen wurde, kam im Zeitraum eine Buchung hinzu. Bitte erneut abrufen.',
  },
  FINANCE_AUDIT_FOLDER_TOO_LARGE: {
    kind: 'unprocessable',
    en: 'What belongs into the folder is larger than one folder may be. Ask for a part of it, or for a smaller sample.',
    de: 'Was in die Mappe gehört, ist größer, als eine Mappe sein darf. Bitte einen Teil davon oder eine kleinere Stichprobe wählen.',
  },
  FINANCE_EXPORT_VOLUME_UNKNOWN: {
    kind: 'not_found',
    en: 'The statement has fewer volumes. Their number stands in the details.',
    de: 'Der Auszug hat weniger Bände. Ihre Zahl steht in den Einzelheiten.',
  },
  FINANCE_EXPORT_TOO_LARGE: {
    kind: 'unprocessable',
    en: 'The period holds more rows than one file carries. Ask for a shorter one.',
    de: 'Der Zeitraum enthält mehr Zeilen, als eine Datei fasst. Bitte einen kürzeren wählen.',
  },
});
