import { listProofOfUseActions } from '#contracts/finance';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { ProofOfUse } from './proof-of-use.entity';

export const PROOF_OWNERSHIP: Ownership = {
  from: 'proof_of_use proof LEFT JOIN commitment c ON c.id = proof.commitment_id',
  id: 'proof.id',
  bonds: { municipalityId: 'proof.municipality_id = ?', expertId: 'c.expert_id = ?' },
};

export const act = actsOn({ entity: ProofOfUse, ownership: PROOF_OWNERSHIP, actions: listProofOfUseActions });
