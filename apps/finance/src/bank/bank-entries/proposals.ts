import { formatMinor } from '#contracts';
import { type MatchRule, PROPOSALS_MAX } from '#contracts/finance';
import type { OpenEntry } from './matcher';
import type { PaymentItem } from './payment-item.reader';

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
export function proposalsFor(entry: OpenEntry, items: readonly PaymentItem[]): Proposal[] {
  const proposals = [...items.flatMap((item) => forItem(entry, item)), ...forRuns(entry, items)];
  return proposals.sort((a, b) => b.score - a.score || key(a).localeCompare(key(b))).slice(0, PROPOSALS_MAX);
}

function forItem(entry: OpenEntry, item: PaymentItem): Proposal[] {
  const transaction = entry.transactions.length === 1 ? entry.transactions[0] : undefined;
  const openMinor = entry.direction === 'DEBIT' ? item.amountMinor - item.seenMinor : item.amountMinor;
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
  const open = formatMinor(openMinor, entry.currency);
  const reasons = [
    isNamed && 'its EndToEndId',
    isMentioned && 'the remittance names it',
    amount === 'SAME' && `the same amount of ${open}`,
    amount === 'LESS' && `a part of ${open}${entry.direction === 'CREDIT' ? ', less what a bank may have kept' : ''}`,
    amount === 'MORE' && `at most ${open}`,
    isSameAccount && 'the payee’s IBAN',
    `${Math.abs(days)} days ${days < 0 ? 'before' : 'after'} the execution date`,
  ].filter((reason): reason is string => typeof reason === 'string');
  const amountMinor = amount === 'MORE' ? openMinor : entry.openMinor;
  return [
    {
      score: score + (amount === 'SAME' ? 5 : 0),
      rule: isNamed ? 'END_TO_END_ID' : isMentioned ? 'REMITTANCE' : 'AMOUNT_IBAN_DATE',
      explanation: reasons.join(', '),
      paymentRunId: null,
      allocations: [{ payoutId: item.payoutId, amountMinor }],
    },
  ];
}

/** A bank may book a whole file as one entry without saying so. */
function forRuns(entry: OpenEntry, items: readonly PaymentItem[]): Proposal[] {
  if (entry.direction === 'CREDIT') return [];
  const runs = Map.groupBy(items, (item) => item.paymentRunId);
  return [...runs].flatMap(([paymentRunId, ofRun]): Proposal[] => {
    const total = ofRun.reduce((sum, item) => sum + item.amountMinor - item.seenMinor, 0n);
    const days = daysBetween(entry.bookedOn, ofRun[0]?.executionOn ?? '');
    if (ofRun.length < 2 || total !== entry.openMinor || Math.abs(days) > NEAR_DAYS) return [];
    return [
      {
        score: 70,
        rule: 'RUN_TOTAL',
        explanation: `the sum of all ${ofRun.length} open payouts of a run, ${Math.abs(days)} days from its execution date`,
        paymentRunId,
        allocations: [],
      },
    ];
  });
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
