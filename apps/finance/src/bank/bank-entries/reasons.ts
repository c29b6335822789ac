import { formatMinor } from '#contracts';
import type { BankEntryObstacle, PayoutStatus } from '#contracts/finance';
import type { ReadingLanguage } from '#platform';

type Facts = Readonly<Record<string, string>>;
type Sentence = (facts: Facts, language: ReadingLanguage) => string;

/**
 * Why an entry, or a part of it, waits for a person: kept as a code with its facts, and written out for whoever reads it. Amounts are
 * minor units of `currency`; `payment` is a payout's case number.
 */
const SENTENCES = {
  PAYMENTS_EXCEED_ENTRY: both(
    'its payments add up to more than the entry',
    'ihre Zahlungen ergeben mehr als die Buchung',
  ),
  PAYMENT_UNKNOWN: both(
    ({ endToEndId }) => `no payment from here has the EndToEndId ${endToEndId}`,
    ({ endToEndId }) => `keine Zahlung von hier hat die EndToEndId ${endToEndId}`,
  ),
  NAMES_NOTHING: both(
    'it names no payment and no payment run from here',
    'sie nennt keine Zahlung und keinen Zahllauf von hier',
  ),
  RETURN_WITHOUT_PAYMENT: both(
    'a return names a run but no payment',
    'eine Rückgabe nennt einen Zahllauf, aber keine Zahlung',
  ),
  RUN_AMOUNT_DIFFERS: both(
    (facts, language) =>
      `the run has ${money(facts, 'open', language)} open, the entry ${money(facts, 'amount', language)}`,
    (facts, language) =>
      `im Zahllauf sind ${money(facts, 'open', language)} offen, gebucht sind ${money(facts, 'amount', language)}`,
  ),
  PART_OF_TRANSFER: both(
    (facts, language) =>
      `one transfer pays ${facts['payouts']} payouts of ${money(facts, 'open', language)}, and ${money(facts, 'amount', language)} is a part of it: a person says of which`,
    (facts, language) =>
      `eine Überweisung zahlt ${facts['payouts']} Auszahlungen von zusammen ${money(facts, 'open', language)}, und ${money(facts, 'amount', language)} sind ein Teil davon: Eine Person sagt, von welchen`,
  ),
  OTHER_ACCOUNT: of('was paid from another account', 'wurde von einem anderen Konto gezahlt'),
  OTHER_CURRENCY: of('is in another currency', 'lautet auf eine andere Währung'),
  NOTHING_OPEN: of('has nothing open', 'hat nichts Offenes mehr'),
  BOOKING_NOT_SEEN: of('came back before its booking was seen', 'kam zurück, bevor ihre Buchung zu sehen war'),
  PAYOUT_STATUS: of(
    ({ status }) => `the payout is ${statusIn(status, 'en')}`,
    ({ status }) => `die Auszahlung ist ${statusIn(status, 'de')}`,
  ),
  RUN_NOT_SENT: of(
    ({ run }) => `the bank has carried out run ${run}, and nobody has recorded here that its file was sent`,
    ({ run }) =>
      `die Bank hat den Zahllauf ${run} ausgeführt, und hier hat niemand festgehalten, dass seine Datei gesendet wurde`,
  ),
  RUN_GIVEN_UP: of(
    ({ run }) => `is a payment of run ${run}, which was cancelled here; two persons decide`,
    ({ run }) => `ist eine Zahlung des Zahllaufs ${run}, der hier abgebrochen wurde; zwei Personen entscheiden`,
  ),
  TAKEN_OUT_OF_RUN: of(
    ({ run }) => `is a payment of run ${run}, from which it was taken here; two persons decide`,
    ({ run }) => `ist eine Zahlung des Zahllaufs ${run}, aus dem sie hier genommen wurde; zwei Personen entscheiden`,
  ),
  RUN_OF_ENTRY_GIVEN_UP: both(
    ({ run }) => `it carries out run ${run}, which was cancelled here; two persons decide`,
    ({ run }) => `sie führt den Zahllauf ${run} aus, der hier abgebrochen wurde; zwei Personen entscheiden`,
  ),
  REJECTED_BEFORE: of(
    'the bank had rejected it, and has carried it out all the same',
    'die Bank hatte sie abgelehnt und hat sie dennoch ausgeführt',
  ),
  REJECTED_AND_SETTLED: of(
    'the bank had rejected it, and what became of the money was decided since: it may be paid twice',
    'die Bank hatte sie abgelehnt, und über das Geld ist seither entschieden: sie ist womöglich doppelt gezahlt',
  ),
  YEAR_CLOSED: of(
    ({ year }) => `the budget year ${year} is closed`,
    ({ year }) => `das Haushaltsjahr ${year} ist abgeschlossen`,
  ),
  CHARGE_LEFT: both(
    (facts, language) => `what is left is a charge of ${money(facts, 'amount', language)}`,
    (facts, language) => `übrig ist ein Entgelt von ${money(facts, 'amount', language)}`,
  ),
  OTHER_AMOUNT_BACK: of('more came back than was paid', 'es kam mehr zurück, als gezahlt war'),
  RETURN_DECIDED: of(
    'it came back, and what became of the money was decided since',
    'sie kam zurück, und über das Geld ist seither entschieden',
  ),
  CAME_BACK_BEFORE: of(
    'it came back before, and the bank debits the same amount without saying why: it takes the return back, or pays once more',
    'sie kam zuvor zurück, und die Bank bucht denselben Betrag ohne Grund ab: Sie nimmt die Rückgabe zurück, oder sie zahlt noch einmal',
  ),
  OWN_ACT: of(
    'checked or ordered by the person who imported it; another cashier can match it',
    'von der Person geprüft oder angeordnet, die eingelesen hat; eine andere Kasse kann sie zuordnen',
  ),
  MORE_THAN_ORDERED: of('the bank booked more than was ordered', 'die Bank hat mehr gebucht, als angeordnet war'),
  OTHER_AMOUNT_ORDERED: of(
    'the bank says that another amount was ordered',
    'die Bank nennt einen anderen beauftragten Betrag',
  ),
  RATE_ABOVE_SET_ASIDE: of(
    (facts, language) =>
      `the bank's rate took ${money(facts, 'amount', language)} more than was set aside; two persons book it on the fund as a charge`,
    (facts, language) =>
      `der Kurs der Bank kostet ${money(facts, 'amount', language)} mehr, als gebunden war; zwei Personen buchen es als Entgelt auf den Fonds`,
  ),
  RATE_MORE_BACK: of(
    (facts, language) =>
      `by the bank's rate ${money(facts, 'amount', language)} more came back than was debited; two persons take it off the list as income`,
    (facts, language) =>
      `zum Kurs der Bank kam ${money(facts, 'amount', language)} mehr zurück, als abgebucht war; zwei Personen nehmen es als Einnahme von der Liste`,
  ),
  CLAIM_OPEN_LESS: both(
    (facts, language) =>
      `it names claim ${facts['claim']}, of which ${money(facts, 'open', language)} is open: what is more belongs to the debtor`,
    (facts, language) =>
      `sie nennt die Erstattung ${facts['claim']}, von der ${money(facts, 'open', language)} offen sind: Was darüber ist, gehört dem Schuldner`,
  ),
  CLAIM_FOR_PERSON: both(
    ({ claim }) =>
      `it names claim ${claim}, and a person decides what it settles: interest is open besides, the budget year is closed, the claim is not due, or is of another account`,
    ({ claim }) =>
      `sie nennt die Erstattung ${claim}, und eine Person entscheidet, was sie begleicht: Es sind auch Zinsen offen, das Haushaltsjahr ist abgeschlossen, die Erstattung ist nicht fällig oder gehört zu einem anderen Konto`,
  ),
  PART_BY_PERSON: both('a person has matched a part of it', 'eine Person hat einen Teil davon zugeordnet'),
  TAKEN_BACK: both('a person has taken its match back', 'eine Person hat ihre Zuordnung zurückgenommen'),
  FITS_NOW: both(
    'it fits now: a cashier who carried out no other act on the payment can match it',
    'sie passt inzwischen: eine Kasse, die sonst nichts an der Zahlung getan hat, kann sie zuordnen',
  ),
} satisfies Record<string, { readonly en: Sentence; readonly de: Sentence }>;

export type ReasonCode = keyof typeof SENTENCES;

/** One reason with what its sentence needs. */
export interface Reason {
  readonly code: ReasonCode;
  readonly facts?: Facts;
}

/** So many of an entry are kept: a collective booking may have thousands of payments. */
export const REASONS_MAX = 5;

/** What follows from how entry and payments stand now: worked out anew whenever it is read. */
const OF_THE_MOMENT: ReadonlySet<ReasonCode> = new Set([
  'PAYMENTS_EXCEED_ENTRY',
  'PAYMENT_UNKNOWN',
  'NAMES_NOTHING',
  'RETURN_WITHOUT_PAYMENT',
  'RUN_AMOUNT_DIFFERS',
  'PART_OF_TRANSFER',
  'OTHER_ACCOUNT',
  'OTHER_CURRENCY',
  'NOTHING_OPEN',
  'BOOKING_NOT_SEEN',
  'PAYOUT_STATUS',
  'RUN_NOT_SENT',
  'RUN_GIVEN_UP',
  'TAKEN_OUT_OF_RUN',
  'RUN_OF_ENTRY_GIVEN_UP',
  'REJECTED_BEFORE',
  'REJECTED_AND_SETTLED',
  'YEAR_CLOSED',
  'OTHER_AMOUNT_BACK',
  'RETURN_DECIDED',
  'CAME_BACK_BEFORE',
  'MORE_THAN_ORDERED',
]);

/** Whether all of them may have changed since they were kept. */
export function areOfTheMoment(reasons: readonly Reason[]): boolean {
  return reasons.length > 0 && reasons.every(({ code }) => OF_THE_MOMENT.has(code));
}

/** One sentence for all reasons of an entry; null where there is none. */
export function sentenceOf(reasons: readonly Reason[], language: ReadingLanguage): string | null {
  if (reasons.length === 0) return null;
  return reasons.map(({ code, facts = {} }) => SENTENCES[code][language](facts, language)).join('; ');
}

/** Whether the code is one of this version: a row may have been written by a later one. */
export function isReason(reason: { readonly code: string }): reason is Reason {
  return Object.hasOwn(SENTENCES, reason.code);
}

function both(en: string | Sentence, de: string | Sentence): { readonly en: Sentence; readonly de: Sentence } {
  return { en: sentence(en), de: sentence(de) };
}

/** About one payment, which stands in front. */
function of(en: string | Sentence, de: string | Sentence): { readonly en: Sentence; readonly de: Sentence } {
  const about =
    (text: Sentence): Sentence =>
    (facts, language) =>
      `${facts['payment'] ? `${facts['payment']}: ` : ''}${text(facts, language)}`;
  return { en: about(sentence(en)), de: about(sentence(de)) };
}

function sentence(text: string | Sentence): Sentence {
  return typeof text === 'string' ? () => text : text;
}

function money(facts: Facts, name: string, language: ReadingLanguage): string {
  return amountIn(BigInt(facts[name] ?? '0'), facts['currency'] ?? 'EUR', language);
}

/** `1.234,56 EUR` or `1,234.56 EUR`. */
export function amountIn(amountMinor: bigint, currency: string, language: ReadingLanguage): string {
  const [whole = '', fraction] = formatMinor(amountMinor, currency).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, language === 'de' ? '.' : ',');
  return `${grouped}${fraction === undefined ? '' : `${language === 'de' ? ',' : '.'}${fraction}`} ${currency}`;
}

const STATUSES: Readonly<Record<PayoutStatus, Readonly<Record<ReadingLanguage, string>>>> = {
  PLANNED: { en: 'planned only', de: 'erst geplant' },
  DUE: { en: 'due and not checked', de: 'fällig und nicht geprüft' },
  FACTUALLY_CHECKED: { en: 'not ordered yet', de: 'noch nicht angeordnet' },
  ARITHMETICALLY_CHECKED: { en: 'not ordered yet', de: 'noch nicht angeordnet' },
  ORDERED: { en: 'ordered and in no payment run', de: 'angeordnet und in keinem Zahllauf' },
  IN_RUN: { en: 'in a payment run that was not sent', de: 'in einem Zahllauf, der nicht gesendet wurde' },
  SENT: { en: 'sent', de: 'gesendet' },
  BOOKED: { en: 'booked', de: 'gebucht' },
  REJECTED: { en: 'rejected by the bank', de: 'von der Bank abgelehnt' },
  RETURNED: { en: 'returned already', de: 'schon zurückgekommen' },
  BLOCKED: { en: 'held', de: 'angehalten' },
  CANCELLED: { en: 'cancelled', de: 'gestrichen' },
};

function statusIn(status: string | undefined, language: ReadingLanguage): string {
  return STATUSES[status as PayoutStatus][language];
}

/** What a person decides on whatever the entry names, in words; the service that took it in kept them in English. */
export const OBSTACLES_IN_GERMAN: Readonly<Record<BankEntryObstacle, string>> = {
  NO_BOOKING_DAY: 'die Bank nennt keinen Buchungstag; gezeigt ist der Tag des Auszugs',
  STATUS_UNKNOWN: 'die Bank nennt einen eigenen Stand, der weder gebucht noch vorgemerkt ist',
  FOREIGN_CURRENCY: 'sie lautet nicht auf die Währung des Kontos',
  AMOUNT_UNCLEAR: 'ihr Betrag hat mehr Nachkommastellen, als die Währung kennt',
  PART_WITHOUT_AMOUNT: 'sie fasst mehrere Zahlungen zusammen, und nicht jede hat einen Betrag in ihrer Währung',
  PARTS_CONTRADICT: 'ihre Zahlungen laufen in die andere Richtung oder ergeben nicht ihren Betrag',
  REVERSAL: 'sie nimmt eine Gutschrift zurück',
  CHANGED: 'ein berichtigter Auszug sagt etwas anderes als der frühere',
  LOOKS_REPEATED: 'in einem anderen Auszug stand eine gleiche Buchung, und nichts sagt, ob es dieselbe ist',
};
