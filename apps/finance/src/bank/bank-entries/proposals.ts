import { type MatchRule, PROPOSALS_MAX } from '#contracts/finance';
import { type OpenEntry, openOf } from './matcher';
import type { ReadingLanguage } from '#platform';
import { sepaText } from '../../budget/funds/sepa-text';
import type { PaymentItem } from './payment-item.reader';
import { amountIn } from './reasons';

export interface Proposal {
  readonly score: number;
  readonly rule: MatchRule;
  readonly explanation: string;
  /** Stands for every open item of the run. */
  readonly paymentRunId: string | null;
  readonly allocations: readonly { readonly payoutId: string; readonly amountMinor: bigint }[];
}

const DAY_MS = 86_400_000;
const NEAR_DAYS = 3;

/** What an entry may belong to, best first, each with its reasons. Source: docs/domain.md#matching-bank-entries. */
export function proposalsFor(
  entry: OpenEntry,
  items: readonly PaymentItem[],
  language: ReadingLanguage = 'en',
): Proposal[] {
  const transfers = [...Map.groupBy(items, ({ endToEndId }) => endToEndId).values()].filter(
    (parts) => parts.length > 1,
  );
  const proposals = [
    ...items.flatMap((item) => forPayouts(entry, [item], language)),
    ...transfers.flatMap((parts) => forPayouts(entry, parts, language)),
    ...forRuns(entry, items, language),
  ];
  return proposals.sort((a, b) => b.score - a.score || key(a).localeCompare(key(b))).slice(0, PROPOSALS_MAX);
}

/** For one payout, or for all that one transfer pays: these as a whole only, as nobody can tell of which of them a part is. */
function forPayouts(entry: OpenEntry, parts: readonly PaymentItem[], language: ReadingLanguage): Proposal[] {
  const transaction = entry.transactions.length === 1 ? entry.transactions[0] : undefined;
  const allocations = parts
    .map((part) => ({ payoutId: part.payoutId, amountMinor: openOf(entry.direction, part) }))
    .filter(({ amountMinor }) => amountMinor > 0n);
  const openMinor = allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const [item] = parts;
  if (!item || openMinor === 0n || entry.openMinor === 0n) return [];
  if (parts.length > 1 && (allocations.length < 2 || entry.openMinor < openMinor)) return [];
  const days = daysBetween(entry.bookedOn, item.executionOn);
  const amount = entry.openMinor === openMinor ? 'SAME' : entry.openMinor < openMinor ? 'LESS' : 'MORE';
  const isSameAccount = item.payeeIban !== null && transaction?.counterpartyIban === item.payeeIban;
  const isNamed = entry.transactions.some((it) => it.endToEndId === item.endToEndId);
  const isMentioned = parts.some((part) => mentions(transaction?.remittance ?? '', part));
  // A return takes its time; only a debit has to lie near the execution date, which a weekend moves to the days after.
  const isNear = days >= -NEAR_DAYS && days <= (entry.direction === 'CREDIT' ? 60 : NEAR_DAYS);
  if (amount === 'MORE' && !isNamed) return [];
  const score = isNamed ? 90 : isMentioned ? 85 : isSameAccount ? (isNear ? 75 : 55) : isNear ? 35 : 0;
  if (score === 0 || (amount !== 'SAME' && !isNamed && !isMentioned && !isSameAccount)) return [];
  const isNameSame = isSameName(transaction?.counterpartyName ?? null, item.payeeName);
  const words = WORDS[language];
  const open = amountIn(openMinor, entry.currency, language);
  const reasons = [
    parts.length > 1 && words.together(allocations.length),
    isNamed && words.named,
    isMentioned && words.mentioned,
    amount === 'SAME' && words.same(open),
    amount === 'LESS' && (entry.direction === 'CREDIT' ? words.lessBack(open) : words.part(open)),
    amount === 'MORE' && words.more(open),
    isSameAccount && words.account,
    isNameSame && words.name,
    words.days(days),
  ].filter((reason): reason is string => typeof reason === 'string');
  // What fits better in fact stands higher: the amount, the account, the name, and each day that lies between.
  const fit =
    (amount === 'SAME' ? 5 : 0) +
    (isSameAccount && (isNamed || isMentioned) ? 2 : 0) +
    (isNameSame ? 2 : 0) +
    (parts.length > 1 ? 1 : 0);
  const distance = Math.min(Math.abs(days), NEAR_DAYS + 1);
  return [
    {
      score: Math.min(score + fit, 100) - distance,
      rule: isNamed ? 'END_TO_END_ID' : isMentioned ? 'REMITTANCE' : 'AMOUNT_IBAN_DATE',
      explanation: reasons.join(', '),
      paymentRunId: null,
      allocations: amount === 'LESS' ? [{ payoutId: item.payoutId, amountMinor: entry.openMinor }] : allocations,
    },
  ];
}

/** A bank may book a whole file as one entry without saying so. */
function forRuns(entry: OpenEntry, items: readonly PaymentItem[], language: ReadingLanguage): Proposal[] {
  if (entry.direction === 'CREDIT') return [];
  const runs = Map.groupBy(items, (item) => item.paymentRunId);
  return [...runs].flatMap(([paymentRunId, ofRun]): Proposal[] => {
    const total = ofRun.reduce((sum, item) => sum + item.amountMinor - item.seenMinor, 0n);
    const days = daysBetween(entry.bookedOn, ofRun[0]?.executionOn ?? '');
    if (ofRun.length < 2 || total !== entry.openMinor || Math.abs(days) > NEAR_DAYS) return [];
    return [
      {
        score: 70 - Math.abs(days),
        rule: 'RUN_TOTAL',
        explanation: WORDS[language].run(ofRun.length, days),
        paymentRunId,
        allocations: [],
      },
    ];
  });
}

const WORDS = {
  en: {
    together: (payouts: number) => `all ${payouts} payouts of one transfer`,
    named: 'its EndToEndId',
    mentioned: 'the remittance names it',
    same: (open: string) => `the same amount of ${open}`,
    part: (open: string) => `a part of ${open}`,
    lessBack: (open: string) => `a part of ${open}, less what a bank may have kept`,
    more: (open: string) => `at most ${open}`,
    account: 'the payee’s IBAN',
    name: 'the payee’s name',
    days: (days: number) =>
      days === 0
        ? 'on the execution date'
        : `${plural(days, 'day', 'days')} ${days < 0 ? 'before' : 'after'} the execution date`,
    run: (payouts: number, days: number) =>
      `the sum of all ${payouts} open payouts of a run, ${days === 0 ? 'on' : `${plural(days, 'day', 'days')} from`} its execution date`,
  },
  de: {
    together: (payouts: number) => `alle ${payouts} Auszahlungen einer Überweisung`,
    named: 'ihre EndToEndId',
    mentioned: 'der Verwendungszweck nennt sie',
    same: (open: string) => `derselbe Betrag von ${open}`,
    part: (open: string) => `ein Teil von ${open}`,
    lessBack: (open: string) => `ein Teil von ${open}, vermindert um das, was eine Bank einbehalten haben mag`,
    more: (open: string) => `höchstens ${open}`,
    account: 'die IBAN des Zahlungsempfängers',
    name: 'der Name des Zahlungsempfängers',
    days: (days: number) =>
      days === 0
        ? 'am Ausführungstag'
        : `${plural(days, 'Tag', 'Tage')} ${days < 0 ? 'vor' : 'nach'} dem Ausführungstag`,
    run: (payouts: number, days: number) =>
      `die Summe aller ${payouts} offenen Auszahlungen eines Zahllaufs, ${days === 0 ? 'an seinem' : `${plural(days, 'Tag', 'Tage')} neben seinem`} Ausführungstag`,
  },
} as const satisfies Record<ReadingLanguage, unknown>;

function plural(count: number, one: string, many: string): string {
  const many_ = Math.abs(count);
  return `${many_} ${many_ === 1 ? one : many}`;
}

/** As banks write names: in capitals, and without what SEPA does not carry. */
function isSameName(written: string | null, name: string | null): boolean {
  return written !== null && name !== null && foldedName(written) === foldedName(name);
}

function foldedName(name: string): string {
  return sepaText(name, 70).toUpperCase();
}

/** By the number people call it by, which stood in the purpose of the payment, or the bank's own. */
function mentions(remittance: string, item: PaymentItem): boolean {
  const plain = remittance.replaceAll(/[\s-]/g, '').toLowerCase();
  const names = [item.endToEndId, item.caseNumber.replaceAll('-', '')];
  return names.some((name) => plain.includes(name.toLowerCase()));
}

function daysBetween(later: string, earlier: string): number {
  return Math.round((Date.parse(later) - Date.parse(earlier)) / DAY_MS);
}

function key(proposal: Proposal): string {
  return proposal.paymentRunId ?? proposal.allocations.map(({ payoutId }) => payoutId).join(' ');
}
