import { declareErrors } from './declare';

/** Refusals of the finance service. */
export const financeErrors = declareErrors({
  FINANCE_FUND_ACCOUNT_INVALID: {
    kind: 'unprocessable',
    en: 'The debtor account of the fund is not a valid IBAN with a matching BIC.',
    de: 'Das Auftraggeberkonto des Fonds ist keine gültige IBAN mit passendem BIC.',
  },
  FINANCE_BUDGET_YEAR_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The fund has no budget year of that number. Open it first.',
    de: 'Der Fonds hat dieses Haushaltsjahr nicht. Bitte zuerst eröffnen.',
  },
  FINANCE_BUDGET_YEAR_CLOSED: {
    kind: 'conflict',
    en: 'The budget year is closed and takes no more bookings.',
    de: 'Das Haushaltsjahr ist abgeschlossen und nimmt keine Buchungen mehr an.',
  },
  FINANCE_RELEASE_ABOVE_PLAN: {
    kind: 'conflict',
    en: 'The releases of the budget year would exceed its plan.',
    de: 'Die Freigaben des Haushaltsjahres würden den Ansatz übersteigen.',
  },
  FINANCE_AMOUNT_CURRENCY_MISMATCH: {
    kind: 'unprocessable',
    en: 'The amount is not in the currency of the fund.',
    de: 'Der Betrag lautet nicht auf die Währung des Fonds.',
  },
  FINANCE_LEDGER_NOT_COVERED: {
    kind: 'conflict',
    en: 'The account does not hold enough money for this booking.',
    de: 'Das Konto deckt diese Buchung nicht.',
  },
  FINANCE_ENTRY_ALREADY_POSTED: {
    kind: 'conflict',
    en: 'This business case is already posted in the journal.',
    de: 'Dieser Geschäftsvorfall ist im Journal schon gebucht.',
  },
  FINANCE_COMMITMENT_INSUFFICIENT_FUNDS: {
    kind: 'conflict',
    en: 'The fund does not cover the full-term cost in every budget year. Release money or plan another period.',
    de: 'Der Fonds deckt die Kosten der gesamten Laufzeit nicht in jedem Haushaltsjahr. Bitte Mittel freigeben oder anders planen.',
  },
  FINANCE_COMMITMENT_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The commitment cannot change to that state.',
    de: 'Die Mittelbindung kann diesen Zustand nicht annehmen.',
  },
  FINANCE_RULE_MISSING: {
    kind: 'unprocessable',
    en: 'No instrument rule is in force for a month of the period.',
    de: 'Für einen Monat des Zeitraums gilt keine Regel des Instruments.',
  },
  FINANCE_EXCHANGE_RATE_MISSING: {
    kind: 'unprocessable',
    en: 'No exchange rate is known for the currency.',
    de: 'Für die Währung ist kein Umrechnungskurs bekannt.',
  },
  FINANCE_PLAN_CURRENCY_NOT_SUPPORTED: {
    kind: 'unprocessable',
    en: 'This amount of the cost inputs must be in EUR.',
    de: 'Dieser Betrag der Kostenangaben muss auf EUR lauten.',
  },
  FINANCE_PAYEE_OWNER_MISMATCH: {
    kind: 'unprocessable',
    en: 'A payee of kind EXPERT names an expert, one of kind MUNICIPALITY a municipality, a SUPPLIER neither.',
    de: 'Ein Zahlungsempfänger der Art EXPERT nennt eine Fachkraft, der Art MUNICIPALITY eine Kommune, ein SUPPLIER keines von beiden.',
  },
  FINANCE_PAYEE_MUNICIPALITY_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The municipality is not known to the finance service (yet).',
    de: 'Die Kommune ist dem Finanzdienst (noch) nicht bekannt.',
  },
  FINANCE_PAYEE_EXISTS: {
    kind: 'conflict',
    en: 'There is already a payee for this expert or municipality.',
    de: 'Für diese Fachkraft oder Kommune gibt es schon einen Zahlungsempfänger.',
  },
  FINANCE_IBAN_INVALID: {
    kind: 'unprocessable',
    en: 'The IBAN does not have the length or check digits of its country.',
    de: 'Die IBAN hat nicht die Länge oder die Prüfziffern ihres Landes.',
  },
  FINANCE_BIC_INVALID: {
    kind: 'unprocessable',
    en: 'The BIC is not valid or belongs to another country than the IBAN.',
    de: 'Der BIC ist ungültig oder gehört zu einem anderen Land als die IBAN.',
  },
  FINANCE_BIC_MISSING: {
    kind: 'unprocessable',
    en: 'An account without IBAN, or outside SEPA, needs the BIC of its bank.',
    de: 'Ein Konto ohne IBAN oder außerhalb von SEPA braucht den BIC der Bank.',
  },
  FINANCE_PAYEE_TEXT_NOT_PAYABLE: {
    kind: 'unprocessable',
    en: 'The bank cannot carry this text: it has no letter of the Latin alphabet. Give the Latin spelling.',
    de: 'Die Bank kann diesen Text nicht übermitteln: Er enthält keinen lateinischen Buchstaben. Bitte die lateinische Schreibweise angeben.',
  },
  FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The payout is not in the state that this act needs.',
    de: 'Die Auszahlung ist nicht in dem Zustand, den diese Handlung voraussetzt.',
  },
  FINANCE_PAYOUT_FOUR_EYES: {
    kind: 'conflict',
    en: 'You already carried out another act on this payout. Check, order and payment need different people.',
    de: 'Sie haben an dieser Auszahlung schon eine andere Handlung vorgenommen. Prüfung, Anordnung und Zahlung brauchen verschiedene Personen.',
  },
  FINANCE_PAYMENT_RUN_EMPTY: {
    kind: 'conflict',
    en: 'There is no ordered payout of this fund and payment type.',
    de: 'Es gibt keine angeordnete Auszahlung dieses Fonds und dieser Zahlungsart.',
  },
  FINANCE_PAYMENT_RUN_PAYOUT_UNFIT: {
    kind: 'unprocessable',
    en: 'A payout does not belong to this fund or to this payment type.',
    de: 'Eine Auszahlung gehört nicht zu diesem Fonds oder nicht zu dieser Zahlungsart.',
  },
  FINANCE_PAYMENT_RUN_YEAR_NOT_STARTED: {
    kind: 'conflict',
    en: 'A payout belongs to a budget year that has not started on the execution date.',
    de: 'Eine Auszahlung gehört zu einem Haushaltsjahr, das am Ausführungstag noch nicht begonnen hat.',
  },
  FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The payment run is not in the state that this act needs.',
    de: 'Der Zahlungslauf ist nicht in dem Zustand, den diese Handlung voraussetzt.',
  },
  FINANCE_RECEIPT_BEHIND: {
    kind: 'conflict',
    en: 'The consumer has confirmed a later position already; a receipt never goes back.',
    de: 'Der Empfänger hat schon eine spätere Position bestätigt; eine Bestätigung geht nie zurück.',
  },
  FINANCE_RECEIPT_BEYOND_FEED: {
    kind: 'unprocessable',
    en: 'The feed has not reached this position yet.',
    de: 'Der Zahlungsstrom hat diese Position noch nicht erreicht.',
  },
  FINANCE_WEBHOOK_ADDRESS_NOT_ALLOWED: {
    kind: 'unprocessable',
    en: 'A webhook needs an https URL of a host with public addresses only, without user or password.',
    de: 'Ein Webhook braucht eine https-Adresse eines Rechners mit ausschließlich öffentlichen Adressen, ohne Benutzer und Passwort.',
  },
  FINANCE_WEBHOOK_LIMIT_REACHED: {
    kind: 'conflict',
    en: 'There are as many webhooks as allowed. Use one of them.',
    de: 'Es gibt schon so viele Webhooks wie erlaubt. Bitte einen davon nutzen.',
  },
  FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The webhook is not in the state that this needs.',
    de: 'Der Webhook ist nicht in dem Zustand, den dies voraussetzt.',
  },
  FINANCE_WEBHOOK_RANGE_INVALID: {
    kind: 'unprocessable',
    en: 'The range ends before it begins or beyond the feed.',
    de: 'Der Bereich endet vor seinem Anfang oder hinter dem Ende des Zahlungsstroms.',
  },
});
