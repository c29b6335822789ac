import type { Tx } from '#database';
import type { StoredEntry } from './bank-entry-store.service';
import type { Decider } from './match.service';

/** What the bank's entries need of those who wait for money, who stand a storey above. */
export abstract class IncomingPayments {
  /** Credits that no payment of ours explains: those that name a claim beyond doubt are its payments. */
  abstract receive(tx: Tx, credits: readonly StoredEntry[], decider: Decider): Promise<void>;
  /** The entry was no payment of what it was received for; answers whether it was for anything. */
  abstract takeBack(tx: Tx, bankEntryId: string, decider: Decider & { readonly reason: string }): Promise<boolean>;
}
