import { listAssignmentActions } from '#contracts/staffing';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { ASSIGNMENT_BONDS } from '../participants.rows';
import { Assignment } from './assignment.entity';

export const ASSIGNMENT_OWNERSHIP: Ownership = {
  from: 'assignment',
  id: 'assignment.id',
  bonds: ASSIGNMENT_BONDS,
};

export const act = actsOn({
  entity: Assignment,
  ownership: ASSIGNMENT_OWNERSHIP,
  actions: listAssignmentActions,
});
