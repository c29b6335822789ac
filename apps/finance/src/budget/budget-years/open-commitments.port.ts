import type { Tx } from '#database';
import type { CategoryPart } from '../ledger/ledger.service';

/** What the change of year needs of the commitments, which stand a storey above and provide it. */
export abstract class OpenCommitments {
  /** Moves what commitments still bind in a budget year to the next one; answers what moved. The ledger is the caller's part. */
  abstract carryOver(tx: Tx, fundId: string, year: number): Promise<CategoryPart[]>;
}
