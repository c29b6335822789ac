import { AppError } from '#contracts';
import type { AssignmentChangeReason, AssignmentStatus } from '#contracts/staffing';

/** A departure may follow the confirmation directly: a short introduction needs no preparation of its own. */
export const NEXT: Record<AssignmentStatus, readonly AssignmentStatus[]> = {
  PLANNED: ['PLANNED', 'FUNDING_REQUESTED', 'CANCELLED'],
  FUNDING_REQUESTED: ['CONFIRMED', 'FUNDING_REFUSED', 'CANCELLED'],
  FUNDING_REFUSED: ['PLANNED', 'FUNDING_REQUESTED', 'CANCELLED'],
  CONFIRMED: ['PREPARATION', 'ACTIVE', 'CANCELLED', 'FUNDING_REFUSED'],
  PREPARATION: ['ACTIVE', 'CANCELLED', 'FUNDING_REFUSED'],
  ACTIVE: ['INTERRUPTED', 'COMPLETED', 'ENDED_EARLY'],
  INTERRUPTED: ['ACTIVE', 'ENDED_EARLY'],
  COMPLETED: [],
  ENDED_EARLY: [],
  CANCELLED: [],
};

/** The days of preparation and departure are corrected in these. */
export const DAYS_CORRECTABLE: readonly AssignmentStatus[] = ['PREPARATION', 'ACTIVE', 'INTERRUPTED'];

/** Why an interruption or early end happens, and whether the expert is responsible for it (zu vertreten). */
export interface ChangeCause {
  readonly reason: AssignmentChangeReason;
  readonly attributableToExpert: boolean;
}
export type PartnerOutcome = 'ACCEPTED' | 'REJECTED';

export function correctionError(status: AssignmentStatus): AppError {
  return new AppError('STAFFING_ASSIGNMENT_CORRECTION_NOT_ALLOWED', { status });
}
