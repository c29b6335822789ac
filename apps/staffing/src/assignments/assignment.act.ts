import { listAssignmentActions } from '#contracts';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { takingPartIn } from '../participants';
import { Assignment } from './assignment.entity';

export const ASSIGNMENT_OWNERSHIP: Ownership = {
  from: 'assignment',
  id: 'assignment.id',
  bonds: { municipalityId: takingPartIn('assignment.partnership_ids'), expertId: 'assignment.expert_id = ?' },
};

export const act = actsOn({
  entity: Assignment,
  ownership: ASSIGNMENT_OWNERSHIP,
  actions: listAssignmentActions,
});
