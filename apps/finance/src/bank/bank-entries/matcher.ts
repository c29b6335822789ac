import type { Direction, MatchKind, MatchRule } from '#contracts/finance';
import type { ParsedTransaction } from './parsed-message';
import type { PaymentItem } from './payment-item.reader';
import { type Reason, REASONS_MAX } from './reasons';

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
  readonly reasons: readonly Reason[];
  /** Runs that a debit names and of which nobody has recorded that their file was sent. */
  readonly carriedOut?: readonly string[];
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
  if (total > entry.openMinor || total < 0n) return undecided({ code: 'PAYMENTS_EXCEED_ENTRY' });
  const reasons = decision.reasons.slice(0, REASONS_MAX);
  const charges = entry.transactions.reduce((sum, it) => sum + it.chargesMinor, 0n);
  if (total === 0n || reasons.length > 0 || charges === 0n || total + charges !== entry.openMinor)
    return { ...decision, reasons };
  return {
    ...decision,
    reasons: [{ code: 'CHARGE_LEFT', facts: { amount: charges.toString(), currency: entry.currency } }],
  };
}

function decideByEndToEndId(
  entry: OpenEntry,
  transactions: readonly ParsedTransaction[],
  { items, by }: { items: readonly PaymentItem[]; by: string },
): Decision {
  const byEndToEndId = Map.groupBy(items, (item) => item.endToEndId);
  const taken = new Map<string, bigint>();
  const allocations: Allocation[] = [];
  const reasons: Reason[] = [];
  for (const transaction of transactions) {
    const { endToEndId, returnReason, direction } = transaction;
    const way = (item: PaymentItem) => `${direction} ${item.payoutId}`;
    const parts = (byEndToEndId.get(endToEndId ?? '') ?? []).map((item) => ({
      item,
      before: taken.get(way(item)) ?? 0n,
    }));
    const judged = judgeTransfer({ ...entry, direction }, transaction, { parts, by });
    if ('fault' in judged) reasons.push(judged.fault);
    else {
      for (const { item, before, amountMinor, kind } of judged.shares) {
        taken.set(way(item), before + amountMinor);
        allocations.push({ item, amountMinor, kind, rule: 'END_TO_END_ID', returnReason });
      }
      if (judged.rest) reasons.push(judged.rest);
    }
  }
  return { allocations, reasons };
}

/** A payout that a transfer pays, and what the same entry says of it before. */
interface TransferPart {
  readonly item: PaymentItem;
  readonly before: bigint;
}

interface Share extends TransferPart {
  readonly amountMinor: bigint;
  readonly kind: MatchKind;
}

/**
 * The whole of what is open of a transfer is for each of its payouts what is open of it. Of less nobody can tell which of several it
 * is for: no share is guessed, and a person decides. Source: docs/domain.md#matching-bank-entries.
 */
function judgeTransfer(
  entry: OpenEntry,
  transaction: ParsedTransaction,
  { parts, by }: { parts: readonly TransferPart[]; by: string },
): { readonly shares: readonly Share[]; readonly rest?: Reason | undefined } | { readonly fault: Reason } {
  const [first] = parts;
  if (!first) return { fault: { code: 'PAYMENT_UNKNOWN', facts: { endToEndId: transaction.endToEndId ?? '' } } };
  const open = parts.map((part) => ({ ...part, amountMinor: openOf(entry.direction, part.item) - part.before }));
  const openMinor = open.reduce((sum, part) => sum + part.amountMinor, 0n);
  const unseenMinor = parts.reduce((sum, { item, before }) => sum + item.amountMinor - item.seenMinor - before, 0n);
  if (isOtherOrder(transaction, first.item)) {
    return { fault: { code: 'OTHER_AMOUNT_ORDERED', facts: { payment: first.item.caseNumber } } };
  }
  const { amountMinor, rest } = byRate(entry, transaction, first.item, lessCharges(transaction, unseenMinor));
  const isAsWhole = parts.length > 1 && openMinor > 0n;
  const asked = isAsWhole ? open.filter((part) => part.amountMinor > 0n) : [{ ...first, amountMinor }];
  const isOfReturn = transaction.returnReason !== null;
  const shares: Share[] = [];
  for (const share of asked) {
    const kind = kindOf(entry, share.item, { ...share, by, isOfReturn });
    if (typeof kind === 'object') return kind;
    shares.push({ ...share, kind });
  }
  if (!isAsWhole || amountMinor === openMinor) return { shares, rest };
  const { caseNumber: payment } = first.item;
  if (amountMinor > openMinor) {
    return {
      fault: { code: entry.direction === 'DEBIT' ? 'MORE_THAN_ORDERED' : 'OTHER_AMOUNT_BACK', facts: { payment } },
    };
  }
  const facts = { amount: amountMinor.toString(), open: openMinor.toString(), currency: entry.currency };
  return { fault: { code: 'PART_OF_TRANSFER', facts: { ...facts, payouts: String(asked.length) } } };
}

/** What a debit can still pay, or take back of what came back; what a credit can still bring back. */
export function openOf(direction: OpenEntry['direction'], item: PaymentItem): bigint {
  if (direction === 'CREDIT') return item.amountMinor - item.backMinor;
  const unseenMinor = item.amountMinor - item.seenMinor;
  return unseenMinor === 0n && item.status === 'RETURNED' ? item.backMinor : unseenMinor;
}

/** Where the bank states what was ordered in another currency, it is what was ordered here. */
function isOtherOrder({ instructedMinor, instructedCurrency }: ParsedTransaction, item: PaymentItem): boolean {
  if (instructedMinor === null || item.instructedMinor === null) return false;
  return instructedMinor !== item.instructedMinor || instructedCurrency !== item.instructedCurrency;
}

/**
 * What an entry moves of a payment in another currency, by whatever rate: at most what is set aside for it, or what was debited. The
 * rest is for two persons. A charge that is part of the debit is no part of its rate.
 */
function byRate(
  entry: Pick<OpenEntry, 'direction' | 'amountMinor' | 'currency'>,
  { chargesMinor }: ParsedTransaction,
  item: PaymentItem,
  toldMinor: bigint,
): { amountMinor: bigint; rest?: Reason } {
  if (item.instructedMinor === null) return { amountMinor: toldMinor };
  const isDebit = entry.direction === 'DEBIT';
  const hasCharge = isDebit && toldMinor === entry.amountMinor && chargesMinor < toldMinor;
  const movedMinor = hasCharge ? toldMinor - chargesMinor : toldMinor;
  const openMinor = item.amountMinor - (isDebit ? item.seenMinor : item.backMinor);
  if (openMinor <= 0n || movedMinor <= openMinor) return { amountMinor: movedMinor };
  const facts = {
    payment: item.caseNumber,
    amount: (movedMinor - openMinor).toString(),
    currency: entry.currency,
  };
  return { amountMinor: openMinor, rest: { code: isDebit ? 'RATE_ABOVE_SET_ASIDE' : 'RATE_MORE_BACK', facts } };
}

/** Whether a debit says all of a payment: in another currency every one does, by whatever rate. */
export function isWhole({ amountMinor, seenMinor, instructedMinor }: PaymentItem, bookedMinor: bigint): boolean {
  return instructedMinor !== null || seenMinor + bookedMinor === amountMinor;
}

/** What the entry is moved by, in its direction: a net entry books some payments and returns others. */
export function netOf(direction: Direction, allocations: readonly Pick<Allocation, 'kind' | 'amountMinor'>[]): bigint {
  return allocations.reduce((sum, { kind, amountMinor }) => {
    const isAlong = (kind === 'RETURNED') === (direction === 'CREDIT');
    return isAlong ? sum + amountMinor : sum - amountMinor;
  }, 0n);
}

/** A stated charge explains why more left the account than was ordered. */
function lessCharges({ amountMinor, chargesMinor, direction }: ParsedTransaction, openMinor: bigint): bigint {
  const isExplained = direction === 'DEBIT' && chargesMinor > 0n && amountMinor - chargesMinor === openMinor;
  return isExplained ? openMinor : amountMinor;
}

function decideByBatch(entry: OpenEntry, items: readonly PaymentItem[], by: string): Decision {
  const references = batchReferencesOf(entry);
  const batch = items.filter((item) => references.has(item.runMessageId));
  const [first] = batch;
  if (!first) return undecided({ code: 'NAMES_NOTHING' });
  if (entry.direction === 'CREDIT') return undecided({ code: 'RETURN_WITHOUT_PAYMENT' });
  const givenUp = batch.find((item) => item.runStatus === 'CANCELLED');
  if (givenUp) return undecided({ code: 'RUN_OF_ENTRY_GIVEN_UP', facts: { run: givenUp.runCaseNumber } });
  if (batch.every((item) => item.runStatus === 'CREATED')) {
    return undecided({ code: 'RUN_NOT_SENT', facts: { run: first.runCaseNumber } });
  }
  const open = batch.flatMap((item): Allocation[] => {
    const amountMinor = item.amountMinor - item.seenMinor;
    const kind = kindOf(entry, item, { amountMinor, before: 0n, by, isOfReturn: false });
    return kind === 'BOOKED' || kind === 'CONFIRMED'
      ? [{ item, amountMinor, kind, rule: 'BATCH_REFERENCE', returnReason: null }]
      : [];
  });
  const total = open.reduce((sum, it) => sum + it.amountMinor, 0n);
  if (total === entry.openMinor) return { allocations: open, reasons: [] };
  const facts = { open: total.toString(), amount: entry.openMinor.toString(), currency: entry.currency };
  return undecided({ code: 'RUN_AMOUNT_DIFFERS', facts });
}

/** The runs that an entry names, itself or in its payments. */
export function batchReferencesOf(entry: Pick<OpenEntry, 'batchReferences' | 'transactions'>): Set<string> {
  return new Set([...entry.batchReferences, ...entry.transactions.flatMap((it) => it.batchReferences)]);
}

function undecided(reason: Reason): Decision {
  return { allocations: [], reasons: [reason] };
}

/** What is asked of a payment: an amount, besides what the same entry says of it before. */
interface Asked {
  readonly amountMinor: bigint;
  readonly before: bigint;
  readonly by: string;
  /** The bank gives a reason of a return, or a person has decided: a debit may then take a return back. */
  readonly isOfReturn: boolean;
}

/** What the amount does to the payout, or why it cannot. */
export function kindOf(
  entry: Pick<OpenEntry, 'direction' | 'accountIban' | 'currency'>,
  item: PaymentItem,
  { amountMinor, before, by, isOfReturn }: Asked,
): MatchKind | { readonly fault: Reason } {
  const fault = (code: Reason['code'], facts: Reason['facts'] = {}) => ({
    fault: { code, facts: { payment: item.caseNumber, ...facts } },
  });
  if (item.debtorIban !== entry.accountIban) return fault('OTHER_ACCOUNT');
  if (item.currency !== entry.currency) return fault('OTHER_CURRENCY');
  if (amountMinor <= 0n) return fault('NOTHING_OPEN');
  if (!item.isCurrent) {
    return fault(item.runStatus === 'CANCELLED' ? 'RUN_GIVEN_UP' : 'TAKEN_OUT_OF_RUN', { run: item.runCaseNumber });
  }
  // What a cashier had booked by hand is in the journal already.
  const isSeen = item.seenMinor + before === item.amountMinor;
  const isOnlyConfirmed =
    entry.direction === 'DEBIT' && (item.status === 'BOOKED' || (item.status === 'RETURNED' && !isSeen));
  if (item.isYearClosed && !isOnlyConfirmed) {
    return fault('YEAR_CLOSED', { year: String(item.budgetYear) });
  }
  if (entry.direction === 'CREDIT') {
    if (item.status === 'SENT') return fault('BOOKING_NOT_SEEN');
    if (item.status !== 'BOOKED' && item.status !== 'RETURNED') return fault('PAYOUT_STATUS', { status: item.status });
    if (item.isReturnSettled) return fault('RETURN_DECIDED');
    // Also in parts, and less what a bank on the way has kept: what did not come back stays paid.
    return item.backMinor + before + amountMinor <= item.amountMinor ? 'RETURNED' : fault('OTHER_AMOUNT_BACK');
  }
  if (item.actors.includes(by)) return fault('OWN_ACT');
  if (item.runStatus === 'CREATED') return fault('RUN_NOT_SENT', { run: item.runCaseNumber });
  if (item.status === 'REJECTED') return fault(item.isReturnSettled ? 'REJECTED_AND_SETTLED' : 'REJECTED_BEFORE');
  if (!OF_A_DEBIT.has(item.status)) return fault('PAYOUT_STATUS', { status: item.status });
  if (item.status === 'RETURNED' && isSeen) {
    if (item.isReturnSettled) return fault('RETURN_DECIDED');
    if (amountMinor !== item.backMinor) return fault('MORE_THAN_ORDERED');
    return isOfReturn ? 'RETURN_REVERSED' : fault('CAME_BACK_BEFORE');
  }
  if (item.seenMinor + before + amountMinor > item.amountMinor) return fault('MORE_THAN_ORDERED');
  // What was booked by hand is in the journal already: the statement confirms it, in one part or in several, also when its return
  // was seen first.
  return item.status === 'SENT' ? 'BOOKED' : 'CONFIRMED';
}

const OF_A_DEBIT: ReadonlySet<PaymentItem['status']> = new Set(['SENT', 'BOOKED', 'RETURNED']);
