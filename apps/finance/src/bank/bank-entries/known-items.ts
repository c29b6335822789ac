import { type Allocation, batchReferencesOf, decide, type Decision, isWhole, type OpenEntry } from './matcher';
import type { PaymentItem } from './payment-item.reader';

/**
 * The payments that some entries may be about, as they are after each decision: one entry may book a part of what another one
 * booked before, or return it. The items of the caller stay as they were.
 */
export class KnownItems {
  /** A transfer pays one payout, or several. */
  private readonly byEndToEndId: Map<string, PaymentItem[]>;
  private readonly byRun = new Map<string, Set<string>>();

  constructor(items: readonly PaymentItem[]) {
    this.byEndToEndId = Map.groupBy(items, ({ endToEndId }) => endToEndId);
    for (const item of items) {
      const run = this.byRun.get(item.runMessageId);
      if (run) run.add(item.endToEndId);
      else this.byRun.set(item.runMessageId, new Set([item.endToEndId]));
    }
  }

  decide(entry: OpenEntry, by: string): Decision {
    const about = this.about(entry);
    const decision = decide(entry, about, by);
    for (const allocation of decision.allocations) this.follow(allocation);
    const unsent = entry.direction === 'DEBIT' ? about.filter(({ runStatus }) => UNSENT.has(runStatus)) : [];
    return { ...decision, carriedOut: [...new Set(unsent.map((item) => item.paymentRunId))] };
  }

  /** The same without following it: nobody acts on it. */
  judge(entry: OpenEntry): Decision {
    return decide(entry, this.about(entry), '');
  }

  /** Those that the entry names, itself or by their run. */
  private about(entry: OpenEntry): PaymentItem[] {
    const named = entry.transactions.flatMap((it) => it.endToEndId ?? []);
    const ids =
      named.length > 0 ? named : [...batchReferencesOf(entry)].flatMap((run) => [...(this.byRun.get(run) ?? [])]);
    return [...new Set(ids)].flatMap((id) => this.byEndToEndId.get(id) ?? []);
  }

  private follow({ item: { payoutId, endToEndId }, kind, amountMinor }: Allocation): void {
    const parts = this.byEndToEndId.get(endToEndId) ?? [];
    this.byEndToEndId.set(
      endToEndId,
      parts.map((known) => (known.payoutId === payoutId ? followed(known, kind, amountMinor) : known)),
    );
  }
}

function followed(known: PaymentItem, kind: Allocation['kind'], amountMinor: bigint): PaymentItem {
  if (kind === 'RETURNED' || kind === 'RETURN_REVERSED') {
    const backMinor = known.backMinor + (kind === 'RETURNED' ? amountMinor : -amountMinor);
    return { ...known, backMinor, status: backMinor > 0n ? 'RETURNED' : 'BOOKED' };
  }
  const seenMinor = known.seenMinor + amountMinor;
  if (kind !== 'BOOKED' || !isWhole(known, amountMinor)) return { ...known, seenMinor };
  return {
    ...known,
    seenMinor,
    status: 'BOOKED',
    amountMinor: known.instructedMinor === null ? known.amountMinor : seenMinor,
  };
}

/** Of which nobody has recorded here that their file was sent. */
const UNSENT: ReadonlySet<PaymentItem['runStatus']> = new Set(['CREATED', 'CANCELLED']);

/** Payments that are named one by one are enough; the run they came in may have thousands more. */
export function referencesOf(entries: readonly OpenEntry[]): { endToEndIds: string[]; runMessageIds: string[] } {
  const named = (entry: OpenEntry) => entry.transactions.flatMap((it) => it.endToEndId ?? []);
  const batched = entries.filter((entry) => named(entry).length === 0);
  return {
    endToEndIds: entries.flatMap(named),
    runMessageIds: batched.flatMap((entry) => [...batchReferencesOf(entry)]),
  };
}
