import type { BankAccountChangeView, PayeeKind, PaymentType, ScreeningOutcome } from '#contracts/finance';
import type { IbanFault } from '../account';

const de = {
  expert: 'Fachkraft',
  nameOf: (expert: string, town: string) => `${expert} in ${town}`,
  kinds: { EXPERT: 'Fachkraft', MUNICIPALITY: 'Partnerkommune', SUPPLIER: 'Lieferant' } satisfies Record<
    PayeeKind,
    string
  >,
  types: { SEPA: 'SEPA-Überweisung', FOREIGN: 'Auslandszahlung' } satisfies Record<PaymentType, string>,
  list: {
    title: 'Zahlungsempfänger',
    create: 'Zahlungsempfänger anlegen',
    empty: 'Noch kein Zahlungsempfänger. Zahlungen werden erst fällig, wenn ihr Empfänger angelegt ist.',
    columns: { name: 'Name', kind: 'Art', holder: 'Kontoinhaber', account: 'Konto', type: 'Zahlungsweg' },
  },
  create: {
    title: 'Zahlungsempfänger anlegen',
    submit: 'Zahlungsempfänger anlegen',
    done: 'Der Zahlungsempfänger ist angelegt. Wartende Zahlungen werden fällig.',
    who: 'Wer bekommt das Geld?',
    kind: 'Art',
    town: 'Kommune',
    assignment: 'Einsatz',
    assignmentHint: 'Zahlungsempfänger ist die Fachkraft dieses Einsatzes',
    municipality: 'Partnerkommune suchen',
    name: 'Name, wie ihn die Bank kennt',
    nameHint: 'In lateinischer Schrift',
    address: 'Anschrift',
    street: 'Straße',
    buildingNumber: 'Hausnummer',
    postCode: 'Postleitzahl',
    place: 'Ort',
    country: 'Land',
    account: 'Konto',
  },
  account: {
    kind: 'Art des Kontos',
    kinds: { IBAN: 'Konto mit IBAN', OTHER: 'Konto ohne IBAN' },
    holder: 'Kontoinhaber',
    holderHint: 'Genau wie auf dem Kontobeleg',
    otherHolder: (name: string) => `Der Kontoinhaber heißt anders als der Empfänger (${name}). Stimmt das?`,
    iban: 'IBAN',
    ibanFaults: {
      country: 'Mit diesen zwei Buchstaben beginnt keine IBAN.',
      length: 'Die IBAN hat nicht so viele Stellen wie in diesem Land üblich.',
      digits: 'Die Prüfziffern passen nicht: Bitte jede Stelle vergleichen.',
    } satisfies Record<IbanFault, string>,
    ibanRight: (iban: string, country: string) => `${iban} – ${country}, Prüfziffern stimmen`,
    number: 'Kontonummer',
    numberIsIban: 'Das ist eine IBAN: Bitte oben „Konto mit IBAN“ wählen, dann wird sie geprüft.',
    bic: 'BIC',
    bicHint: 'Nötig außerhalb des SEPA-Raums',
    bicFault: 'Ein BIC hat 8 oder 11 Stellen: Bank, Land, Ort.',
    currency: 'Währung des Kontos',
    reason: 'Grund der Änderung',
    reasonHint: 'Wer hat sie wie mitgeteilt?',
  },
  page: {
    facts: 'Eckdaten',
    owner: 'Gehört zu',
    account: 'Konto',
    frozen: 'Zahlungen an diesen Empfänger ruhen',
    frozenProposed: (until: string) =>
      `Ein neues Konto ist vorgeschlagen. Jemand anderes ruft den Empfänger unter einer bekannten Nummer an und bestätigt es; es gilt frühestens ab ${until}.`,
    frozenConfirmed: (until: string) => `Ein neues Konto ist bestätigt. Es gilt ab ${until}, dann wird wieder bezahlt.`,
    toChange: 'Zur Kontoänderung',
    changes: 'Kontoänderungen',
    noChanges: 'Das Konto wurde nie geändert.',
    newAccount: 'Neues Konto',
    status: 'Stand',
    proposedAt: 'Vorgeschlagen',
    reason: 'Grund',
    screenings: 'Abgleich mit der Sanktionsliste',
    noScreenings: 'Noch nicht abgeglichen. Ohne Abgleich wird nicht bezahlt.',
    screenedAt: 'Abgeglichen',
    outcome: 'Ergebnis',
    decision: 'Begründung',
  },
  changeStatus: {
    PROPOSED: 'Rückruf steht aus',
    CONFIRMED: 'Bestätigt, wartet',
    EFFECTIVE: 'Gilt',
    REJECTED: 'Verworfen',
  } satisfies Record<BankAccountChangeView['status'], string>,
  outcomes: {
    CLEAR: 'Unbedenklich',
    REVIEW: 'Treffer: zu entscheiden',
    BLOCK: 'Gesperrt',
  } satisfies Record<ScreeningOutcome, string>,
  acts: {
    change: {
      label: 'Neues Konto vorschlagen',
      done: 'Das neue Konto ist vorgeschlagen. Zahlungen an diesen Empfänger ruhen.',
      ask: 'Bis jemand anderes den Empfänger zurückgerufen hat und die Wartezeit um ist, wird nichts bezahlt.',
    },
    screen: {
      label: 'Jetzt abgleichen',
      done: 'Der Empfänger ist abgeglichen.',
      ask: 'Name und Kontoinhaber werden mit der geltenden Sanktionsliste verglichen.',
    },
  },
};

export type PayeeTexts = typeof de;
export default de;
