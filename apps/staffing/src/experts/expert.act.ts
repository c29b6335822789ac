import { listExpertActions } from '#contracts/staffing';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { takingPartIn } from '../participants.rows';
import { Expert } from './expert.entity';

/** An expert sees the own record; a municipality the experts of assignments in its partnerships. */
export const EXPERT_OWNERSHIP: Ownership = {
  from: 'expert',
  id: 'expert.id',
  bonds: {
    expertId: 'expert.id = ?',
    municipalityId: `EXISTS (SELECT FROM assignment WHERE assignment.expert_id = expert.id
      AND assignment.status <> 'CANCELLED' AND ${takingPartIn('assignment.partnership_ids')})`,
  },
};

export const act = actsOn({ entity: Expert, ownership: EXPERT_OWNERSHIP, actions: listExpertActions });
