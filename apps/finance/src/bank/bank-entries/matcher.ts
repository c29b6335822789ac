import { formatMinor } from '#contracts';
import type { Direction, MatchKind, MatchRule } from '#contracts/finance';
import type { ParsedTransaction } from './parsed-message';
import type { PaymentItem } from './payment-item.reader';

/** A booked entry of an account with what of it is still open. */
export interface OpenEntry {
  readonly accountIban: string;
  readonly direction: Direction;
  readonly amountMinor: bigint;
  readonly openMinor: bigint;
  readonly currency: string;
  readonly bookedOn: string;
  readonly batchReferences: readonly string[];
  readonly transactions: readonly ParsedTransaction[];
}

export interface Allocation {
  readonly item: PaymentItem;
  readonly amountMinor: bigint;
  readonly kind: MatchKind;
  readonly rule: MatchRule;
  readonly returnReason: string | null;
}

export interface Decision {
  readonly allocations: readonly Allocation[];
  /** Why the entry, or a part of it, waits for a person. */
  readonly explanation: string | null;
}

/**
 * What an entry belongs to beyond doubt: payments named by their EndToEndId, or a whole run named by its batch reference whose
 * open sum is the entry's. A smaller amount books a part. Everything else is left to a person, with the reason.
 * Source: docs/domain.md#matching-bank-entries.
 */
export function decide(entry: OpenEntry, items: readonly PaymentItem[], by: string): Decision {
  const named = entry.transactions.filter((it) => it.endToEndId !== null);
  const decision = named.length > 0 ? decideByEndToEndId(entry, named, { items, by }) : decideByBatch(entry, items, by);
  const total = netOf(entry.direction, decision.allocations);
  if (total > entry.openMinor || total < 0n)
    return { allocations: [], explanation: 'its payments add up to more than the entry' };
  const charges = entry.transactions.reduce((sum, it) => sum + it.chargesMinor, 0n);
  if (total === 0n || decision.explanation !== null || charges === 0n || total + charges !== entry.openMinor)
    return decision;
  return { ...decision, explanation: `what is left is a charge of ${formatMinor(charges, entry.currency)}` };
}

function decideByEndToEndId(
  entry: OpenEntry,
  transactions: readonly ParsedTransaction[],
  { items, by }: { items: readonly PaymentItem[]; by: string },
): Decision {
  const byEndToEndId = new Map(items.map((item) => [item.endToEndId, item]));
  const taken = new Map<string, bigint>();
  const allocations: Allocation[] = [];
  const faults: string[] = [];
  for (const transaction of transactions) {
    const { endToEndId, returnReason } = transaction;
    const item = byEndToEndId.get(endToEndId ?? '');
    const before = taken.get(item?.payoutId ?? '') ?? 0n;
    const { amountMinor, judgedMinor } = lessCharges(
      transaction,
      (item?.amountMinor ?? 0n) - (item?.seenMinor ?? 0n) - before,
      item,
    );
    const part = { ...entry, direction: transaction.direction };
    const kind = item ? kindOf(part, item, { amountMinor: judgedMinor, before, by }) : undefined;
    if (!item) faults.push(`no payment from here has the EndToEndId ${endToEndId ?? ''}`);
    else if (typeof kind === 'object') faults.push(`${item.endToEndId}: ${kind.fault}`);
    else if (kind !== undefined) {
      taken.set(item.payoutId, before + amountMinor);
      allocations.push({ item, amountMinor, kind, rule: 'END_TO_END_ID', returnReason });
    }
  }
  return { allocations, explanation: faults.length > 0 ? faults.slice(0, 5).join('; ') : null };
}

/** What the entry is moved by, in its direction: a net entry books some payments and returns others. */
export function netOf(direction: Direction, allocations: readonly Pick<Allocation, 'kind' | 'amountMinor'>[]): bigint {
  return allocations.reduce((sum, { kind, amountMinor }) => {
    const isAlong = (kind === 'RETURNED') === (direction === 'CREDIT');
    return isAlong ? sum + amountMinor : sum - amountMinor;
  }, 0n);
}

/** A stated charge explains why more left the account than was ordered, or less came back than was paid. */
function lessCharges(
  { amountMinor, chargesMinor, direction }: ParsedTransaction,
  openMinor: bigint,
  item: PaymentItem | undefined,
): { readonly amountMinor: bigint; readonly judgedMinor: bigint } {
  if (direction === 'DEBIT' && chargesMinor > 0n && amountMinor - chargesMinor === openMinor) {
    return { amountMinor: openMinor, judgedMinor: openMinor };
  }
  const isReducedReturn = direction === 'CREDIT' && amountMinor + chargesMinor === item?.amountMinor;
  return { amountMinor, judgedMinor: isReducedReturn ? item.amountMinor : amountMinor };
}

function decideByBatch(entry: OpenEntry, items: readonly PaymentItem[], by: string): Decision {
  const references = new Set([...entry.batchReferences, ...entry.transactions.flatMap((it) => it.batchReferences)]);
  const batch = items.filter((item) => references.has(item.runMessageId));
  if (batch.length === 0) return { allocations: [], explanation: 'it names no payment and no payment run from here' };
  if (entry.direction === 'CREDIT') return { allocations: [], explanation: 'a return names a run but no payment' };
  const open = batch.flatMap((item): Allocation[] => {
    const amountMinor = item.amountMinor - item.seenMinor;
    const kind = kindOf(entry, item, { amountMinor, before: 0n, by });
    return kind === 'BOOKED' || kind === 'CONFIRMED'
      ? [{ item, amountMinor, kind, rule: 'BATCH_REFERENCE', returnReason: null }]
      : [];
  });
  const total = open.reduce((sum, it) => sum + it.amountMinor, 0n);
  if (total === entry.openMinor) return { allocations: open, explanation: null };
  const amounts = { run: formatMinor(total, entry.currency), entry: formatMinor(entry.openMinor, entry.currency) };
  return { allocations: [], explanation: `the run has ${amounts.run} open, the entry ${amounts.entry}` };
}

/** What the amount does to the payout, or why it cannot. */
export function kindOf(
  entry: Pick<OpenEntry, 'direction' | 'accountIban' | 'currency'>,
  item: PaymentItem,
  { amountMinor, before, by }: { amountMinor: bigint; before: bigint; by: string },
): MatchKind | { readonly fault: string } {
  if (item.debtorIban !== entry.accountIban) return { fault: 'was paid from another account' };
  if (item.currency !== entry.currency) return { fault: 'is in another currency' };
  if (amountMinor <= 0n) return { fault: 'has nothing open' };
  // What a cashier had booked by hand is in the journal already.
  if (item.isYearClosed && !(entry.direction === 'DEBIT' && item.status === 'BOOKED')) {
    return { fault: `the budget year ${item.budgetYear} is closed` };
  }
  if (entry.direction === 'CREDIT') {
    if (item.status === 'SENT') return { fault: 'came back before its booking was seen' };
    if (item.status !== 'BOOKED') return { fault: `the payout is ${item.status}` };
    const isWhole = before === 0n && amountMinor === item.amountMinor;
    return isWhole ? 'RETURNED' : { fault: 'came back with another amount than was paid' };
  }
  if (item.actors.includes(by)) return { fault: 'checked or ordered by the person who imports' };
  if (item.status !== 'SENT' && item.status !== 'BOOKED') return { fault: `the payout is ${item.status}` };
  if (item.seenMinor + before + amountMinor > item.amountMinor)
    return { fault: 'the bank booked more than was ordered' };
  // What was booked by hand is in the journal already: the statement confirms it, in one part or in several.
  return item.status === 'BOOKED' ? 'CONFIRMED' : 'BOOKED';
}
