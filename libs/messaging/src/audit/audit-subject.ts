import type { ChainHead, HashChain, SqlReader } from './hash-chain';

/** Something that is not as it was left, in one sentence for people. */
export interface Finding {
  /** What was checked: `audit`, `journal`, `checkpoints`, `amounts`. */
  readonly check: string;
  /** For programs: `record-changed`, `seal-missing`, `balance-differs`. */
  readonly kind: string;
  readonly sentence: string;
  readonly seq?: number;
  readonly recordId?: string;
}

/** What stored amounts follow from a chain up to its head, as one hash. */
export interface AmountsDigest {
  readonly name: string;
  readonly count: number;
  readonly sha256: string;
}

/** One chain of a service, and what else of its data the chain vouches for. */
export interface AuditSubject {
  readonly chain: HashChain;
  /** As sentences call a record of the chain: `audit record`, `journal entry`. */
  readonly record: string;
  /** Compares what is stored beside the chain with what follows from it. */
  readonly verifyAmounts?: (reader: SqlReader, pause?: () => Promise<void>) => Promise<Finding[]>;
  readonly digest?: (reader: SqlReader, head: ChainHead) => Promise<AmountsDigest>;
}
