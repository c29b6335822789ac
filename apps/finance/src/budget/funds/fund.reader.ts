import type { Tx } from '#database';
import { Fund } from './fund.entity';

export type { Fund };

/** The fund that another feature's case belongs to, for its currency and name; PLATFORM_RESOURCE_NOT_FOUND when there is none. */
export function findFund(tx: Tx, fundId: string): Promise<Fund> {
  return tx.findOrFail(Fund, fundId);
}

/** The same, locked until commit as by an act on the fund. */
export function lockFund(tx: Tx, fundId: string): Promise<Fund> {
  return tx.lockOrFail(Fund, fundId);
}
