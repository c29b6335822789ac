import { type MatchRule, PROPOSALS_MAX } from '#contracts/finance';
import type { OpenEntry } from './matcher';
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
  const proposals = [...items.flatMap((item) => forItem(entry, item, language)), ...forRuns(entry, items, language)];
  return proposals.sort((a, b) => b.score - a.score || key(a).localeCompare(key(b))).slice(0, PROPOSALS_MAX);
}

function forItem(entry: OpenEntry, item: PaymentItem, language: ReadingLanguage): Proposal[] {
  const transaction = entry.transactions.length === 1 ? entry.transactions[0] : undefined;
  const openMinor = openOf(entry.direction, item);
  if (openMinor <= 0n || entry.openMinor === 0n) return [];
  const days = daysBetween(entry.bookedOn, item.executionOn);
  const amount = entry.openMinor === openMinor ? 'SAME' : entry.openMinor < openMinor ? 'LESS' : 'MORE';
  const isSameAccount = item.payeeIban !== null && transaction?.counterpartyIban === item.payeeIban;
  const isNamed = entry.transactions.some((it) => it.endToEndId === item.endToEndId);
  const isMentioned = mentions(transaction?.remittance ?? '', item);
  // A return takes its time; only a debit has to lie near the execution date.
  const isNear = entry.direction === 'CREDIT' ? days >= 0 && days <= 60 : Math.abs(days) <= NEAR_DAYS;
  if (amount === 'MORE' && !isNamed) return [];
  const score = isNamed ? 90 : isMentioned ? 85 : isSameAccount ? (isNear ? 75 : 55) : isNear ? 35 : 0;
  if (score === 0 || (amount !== 'SAME' && !isNamed && !isMentioned && !isSameAccount)) return [];
  const isNameSame = isSameName(transaction?.counterpartyName ?? null, item.payeeName);
  const words = WORDS[language];
  const open = amountIn(openMinor, entry.currency, language);
  const reasons = [
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
  const fit = (amount === 'SAME' ? 5 : 0) + (isSameAccount && (isNamed || isMentioned) ? 2 : 0) + (isNameSame ? 2 : 0);
  const distance = Math.min(Math.abs(days), NEAR_DAYS + 1);
  const amountMinor = amount === 'MORE' ? openMinor : entry.openMinor;
  return [
    {
      score: Math.min(score + fit, 100) - distance,
      rule: isNamed ? 'END_TO_END_ID' : isMentioned ? 'REMITTANCE' : 'AMOUNT_IBAN_DATE',
      explanation: reasons.join(', '),
      paymentRunId: null,
      allocations: [{ payoutId: item.payoutId, amountMinor }],
    },
  ];
}

/** What a debit can still pay, or take back of what came back; what a credit can still bring back. */
function openOf(direction: OpenEntry['direction'], item: PaymentItem): bigint {
  if (direction === 'CREDIT') return item.amountMinor - item.backMinor;
  const unseenMinor = item.amountMinor - item.seenMinor;
  return unseenMinor === 0n && item.status === 'RETURNED' ? item.backMinor : unseenMinor;
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
  return proposal.paymentRunId ?? proposal.allocations[0]?.payoutId ?? '';
}
