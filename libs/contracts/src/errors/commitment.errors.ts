import { declareErrors } from './declare';

/** Refusals of the finance service about commitments and the plans that they rest on. */
export const commitmentErrors = declareErrors({
  FINANCE_RATE_CHANGE_NOT_APPLICABLE: {
    kind: 'unprocessable',
    en: 'The plan converts nothing that is agreed in another currency, or the rate is the one in force already.',
    de: 'Der Plan rechnet nichts um, was in anderer Währung vereinbart ist, oder der Kurs gilt schon.',
  },
  FINANCE_RATE_CHANGE_DAY_NOT_ALLOWED: {
    kind: 'unprocessable',
    en: 'The day lies outside the period or not after the last change of the rate.',
    de: 'Der Tag liegt außerhalb des Zeitraums oder nicht nach der letzten Kursänderung.',
  },
  FINANCE_CHANGE_NOT_APPLICABLE: {
    kind: 'unprocessable',
    en: 'The change does not fit the period: an extension ends after it, an early end and an interruption lie in it.',
    de: 'Die Änderung passt nicht zum Zeitraum: Eine Verlängerung endet danach, ein vorzeitiges Ende und eine Unterbrechung liegen darin.',
  },
  FINANCE_SIMULATION_WITHOUT_EXAMPLE: {
    kind: 'unprocessable',
    en: 'No expert of the instrument was ever covered in the country, so nothing says what another one costs.',
    de: 'In dem Land wurde noch keine Fachkraft mit dem Instrument gedeckt; nichts sagt, was eine weitere kostet.',
  },
  FINANCE_SHARE_CHANGE_NOT_APPLICABLE: {
    kind: 'unprocessable',
    en: 'The day lies outside the period, or the share of full time would stay as it is.',
    de: 'Der Tag liegt außerhalb des Zeitraums, oder der Anteil an der vollen Stelle bliebe gleich.',
  },
  FINANCE_COMMITMENT_INSUFFICIENT_FUNDS: {
    kind: 'conflict',
    en: 'The fund does not cover the full-term cost in every budget year. Release money or plan another period.',
    de: 'Der Fonds deckt die Kosten der gesamten Laufzeit nicht in jedem Haushaltsjahr. Bitte Mittel freigeben oder anders planen.',
    amounts: ['missingMinor'],
  },
  FINANCE_COMMITMENT_COVERED: {
    kind: 'conflict',
    en: 'The commitment covers its plan; there is nothing to ask for.',
    de: 'Die Mittelbindung deckt ihren Plan; es gibt nichts anzufordern.',
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
  FINANCE_EXCHANGE_RATE_OUTDATED: {
    kind: 'unprocessable',
    en: 'The latest exchange rate of the currency is older than the rule rate-age-max allows. Record a newer one.',
    de: 'Der letzte Kurs der Währung ist älter, als die Regel erlaubt. Bitte einen neueren erfassen.',
  },
  FINANCE_PLAN_CURRENCY_NOT_SUPPORTED: {
    kind: 'unprocessable',
    en: 'This amount of the cost inputs must be in EUR.',
    de: 'Dieser Betrag der Kostenangaben muss auf EUR lauten.',
  },
  FINANCE_PLAN_WITHOUT_PAYMENT: {
    kind: 'unprocessable',
    en: 'Under these cost inputs nothing would be paid in the period.',
    de: 'Nach diesen Kostenangaben würde in dem Zeitraum nichts gezahlt.',
  },
});
