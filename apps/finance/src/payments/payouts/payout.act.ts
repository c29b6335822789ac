import { listPayoutActions } from '#contracts/finance';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { Payout } from './payout.entity';

/** A payout is the expert's whose commitment it belongs to, and the municipality's that employs the expert. */
export const PAYOUT_OWNERSHIP: Ownership = {
  from: 'payout p JOIN commitment c ON c.id = p.commitment_id',
  id: 'p.id',
  bonds: { expertId: 'c.expert_id = ?', municipalityId: 'c.employer_municipality_id = ?' },
};

export const act = actsOn({ entity: Payout, ownership: PAYOUT_OWNERSHIP, actions: listPayoutActions });
