import { listCommitmentActions } from '#contracts/finance';
import type { Ownership, Tx } from '#database';
import { actsOn } from '#messaging';
import { type AssignmentFacts, lockFacts } from './assignment-facts.rows';
import { Commitment } from './commitment.entity';

export const COMMITMENT_OWNERSHIP: Ownership = {
  // What binds money for an expense has no assignment and is no commitment of this kind.
  from: '(SELECT * FROM commitment WHERE assignment_id IS NOT NULL) AS c',
  id: 'c.id',
  bonds: { municipalityId: 'c.employer_municipality_id = ?', expertId: 'c.expert_id = ?' },
};

export const act = actsOn({
  entity: Commitment,
  ownership: COMMITMENT_OWNERSHIP,
  actions: listCommitmentActions,
});

/** The assignment's row is locked before its commitment's: its messages do so, too. */
export async function lockAssignmentOf(tx: Tx, commitmentId: string): Promise<AssignmentFacts> {
  const { assignmentId } = await tx.findOrFail(Commitment, commitmentId);
  return lockFacts(tx, assignmentId);
}
