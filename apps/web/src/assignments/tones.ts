import type { AssignmentStatus } from '#contracts/staffing';
import type { TagTone } from '../ui/status-tag';

export const ASSIGNMENT_TONES: Readonly<Record<AssignmentStatus, TagTone>> = {
  PLANNED: 'info',
  FUNDING_REQUESTED: 'info',
  FUNDING_REFUSED: 'danger',
  CONFIRMED: 'info',
  PREPARATION: 'info',
  ACTIVE: 'success',
  INTERRUPTED: 'warning',
  COMPLETED: 'neutral',
  ENDED_EARLY: 'neutral',
  CANCELLED: 'neutral',
};
