import { type Allocation, decide, type Decision, type OpenEntry } from './matcher';
import type { PaymentItem } from './payment-item.reader';

/**
 * The payments that some entries may be about, as they are after each decision: one entry may book a part of what another one
 * booked before, or return it. The items of the caller stay as they were.
 */
export class KnownItems {
  private readonly byEndToEndId = new Map<string, PaymentItem>();
  private readonly byRun = new Map<string, Set<string>>();

  constructor(items: readonly PaymentItem[]) {
    for (const item of items) {
      this.byEndToEndId.set(item.endToEndId, item);
      const run = this.byRun.get(item.runMessageId);
      if (run) run.add(item.endToEndId);
      else this.byRun.set(item.runMessageId, new Set([item.endToEndId]));
    }
  }

  decide(entry: OpenEntry, by: string): Decision {
    const decision = decide(entry, this.about(entry), by);
    for (const allocation of decision.allocations) this.follow(allocation);
    return decision;
  }

  /** Those that the entry names, itself or by their run. */
  private about(entry: OpenEntry): PaymentItem[] {
    const named = entry.transactions.flatMap((it) => it.endToEndId ?? []);
    const runs = [...entry.batchReferences, ...entry.transactions.flatMap((it) => it.batchReferences)];
    const ids = named.length > 0 ? named : runs.flatMap((run) => [...(this.byRun.get(run) ?? [])]);
    return [...new Set(ids)].flatMap((id) => this.byEndToEndId.get(id) ?? []);
  }

  private follow({ item, kind, amountMinor }: Allocation): void {
    const known = this.byEndToEndId.get(item.endToEndId) ?? item;
    if (kind === 'RETURNED') {
      this.byEndToEndId.set(item.endToEndId, { ...known, status: 'RETURNED' });
      return;
    }
    const seenMinor = known.seenMinor + amountMinor;
    const status = seenMinor === known.amountMinor ? 'BOOKED' : known.status;
    this.byEndToEndId.set(item.endToEndId, { ...known, seenMinor, status });
  }
}
