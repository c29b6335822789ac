import type { Tx } from '#database';

/** What the gates of the payouts need of the proofs of use, which stand a storey above and provide it. */
export abstract class ProvenUse {
  /** How much of the money of each commitment is accounted for, in cents of EUR. */
  abstract read(tx: Tx, commitmentIds: readonly string[]): Promise<Map<string, bigint>>;
}
