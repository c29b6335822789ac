import type { Tx } from '#database';

/** A run whose sending was just recorded, and who recorded it. */
export interface SentRun {
  readonly paymentRunId: string;
  readonly accountIban: string;
  readonly messageId: string;
  readonly endToEndIds: readonly string[];
  readonly by: string;
  readonly correlationId: string;
}

/** What payment runs need of the bank's messages, which stand a storey above and provide it. */
export abstract class BankAnswers {
  /** Taken before a run is locked, in the order that the import of the bank's messages keeps. */
  abstract lock(tx: Tx): Promise<void>;
  /** What the bank said of a run before anybody had recorded that it was sent takes effect. */
  abstract follow(tx: Tx, run: SentRun): Promise<void>;
}
