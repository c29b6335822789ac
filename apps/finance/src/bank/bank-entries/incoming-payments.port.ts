import type { Tx } from '#database';
import type { StoredEntry } from './bank-entry-store.service';

/** Whose doing it is. */
export interface Receiver {
  readonly by: string;
  readonly correlationId: string;
}

/** What the bank's entries need of those who wait for money, who stand a storey above. */
export abstract class IncomingPayments {
  /** Credits that no payment of ours explains: those that name a claim beyond doubt are its payments. */
  abstract receive(tx: Tx, credits: readonly StoredEntry[], decider: Receiver): Promise<void>;
  /** The entry was no payment of what it was received for. */
  abstract takeBack(tx: Tx, bankEntryId: string, decider: Receiver & { readonly reason: string }): Promise<void>;
}
