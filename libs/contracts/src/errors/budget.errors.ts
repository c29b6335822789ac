import { declareErrors } from './declare';

/** Refusals of the finance service about budget years, their plans and releases. */
export const budgetErrors = declareErrors({
  FINANCE_BUDGET_YEAR_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The fund has no budget year of that number. Open it first.',
    de: 'Der Fonds hat dieses Haushaltsjahr nicht. Bitte zuerst eröffnen.',
  },
  FINANCE_BUDGET_YEAR_LIMIT_REACHED: {
    kind: 'conflict',
    en: 'The fund has as many budget years as one may have.',
    de: 'Der Fonds hat bereits so viele Haushaltsjahre, wie ein Fonds haben darf.',
  },
  FINANCE_BUDGET_YEAR_CLOSED: {
    kind: 'conflict',
    en: 'The budget year is closed and takes no more bookings.',
    de: 'Das Haushaltsjahr ist abgeschlossen und nimmt keine Buchungen mehr an.',
  },
  FINANCE_BUDGET_YEAR_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The budget year cannot change to that state. It goes from OPEN to CLOSING and from CLOSING to CLOSED.',
    de: 'Das Haushaltsjahr kann diesen Zustand nicht annehmen. Es geht von OPEN nach CLOSING und von CLOSING nach CLOSED.',
  },
  FINANCE_BUDGET_YEAR_NOT_OVER: {
    kind: 'conflict',
    en: 'The budget year is not over yet.',
    de: 'Das Haushaltsjahr ist noch nicht zu Ende.',
  },
  FINANCE_BUDGET_YEAR_IN_USE: {
    kind: 'conflict',
    en: 'Money of the year is still reserved or on its way to the bank. The amounts stand in the details.',
    de: 'Mittel des Jahres sind noch vorgemerkt oder auf dem Weg zur Bank. Die Beträge stehen in den Einzelheiten.',
    amounts: ['reservedMinor', 'payableMinor'],
  },
  FINANCE_BUDGET_YEAR_IN_FORCE: {
    kind: 'conflict',
    en: 'The plan of the budget year is in force already.',
    de: 'Der Ansatz des Haushaltsjahres ist schon in Kraft.',
  },
  FINANCE_BUDGET_FREE_EXCEEDED: {
    kind: 'conflict',
    en: 'That is more than is free in the budget year. The free amount stands in the details.',
    de: 'Das ist mehr, als im Haushaltsjahr frei ist. Der freie Betrag steht in den Einzelheiten.',
    amounts: ['freeMinor'],
  },
  FINANCE_BUDGET_CHANGE_AMOUNT_INVALID: {
    kind: 'unprocessable',
    en: 'A supplement, a cut, a block and the end of a block have an amount; an enactment has none.',
    de: 'Nachtrag, Kürzung, Sperre und Aufhebung einer Sperre haben einen Betrag; das Inkrafttreten hat keinen.',
  },
  FINANCE_BUDGET_CHANGE_FOUR_EYES: {
    kind: 'conflict',
    en: 'You proposed this change of the budget. Another person must confirm it.',
    de: 'Sie haben diese Änderung vorgeschlagen. Bestätigen muss eine andere Person.',
  },
  FINANCE_BUDGET_CHANGE_DECIDED: {
    kind: 'conflict',
    en: 'This change of the budget was confirmed or rejected already.',
    de: 'Über diese Änderung des Haushalts ist schon entschieden.',
  },
  FINANCE_CARRY_OVER_REASON_MISSING: {
    kind: 'unprocessable',
    en: 'An amount that is carried over needs a reason.',
    de: 'Ein Ausgaberest braucht eine Begründung.',
  },
  FINANCE_ENTRY_NOT_REVERSIBLE: {
    kind: 'unprocessable',
    en: 'Only the release of money by this fund is reversed here. Commitments and payments are taken back by their own acts.',
    de: 'Hier werden nur Freigaben dieses Fonds storniert. Bindungen und Zahlungen werden durch eigene Handlungen zurückgenommen.',
  },
  FINANCE_RELEASE_ABOVE_PLAN: {
    kind: 'conflict',
    en: 'The releases of the budget year would exceed its plan.',
    de: 'Die Freigaben des Haushaltsjahres würden den Ansatz übersteigen.',
  },
});
