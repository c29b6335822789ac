import type { AssignmentView } from '#contracts/staffing';

export const STEPS = ['plan', 'decide', 'cover', 'prepare', 'depart', 'work', 'complete'] as const;

const INDEX = Object.fromEntries(STEPS.map((step, index) => [step, index])) as Record<(typeof STEPS)[number], number>;

/** Which step comes next; none (the number of all) once it is over, undefined where it was called off. */
export function stepOf({ status, partnerDecision }: AssignmentView): number | undefined {
  switch (status) {
    case 'PLANNED':
      return partnerDecision ? INDEX.cover : INDEX.decide;
    case 'FUNDING_REQUESTED':
    case 'FUNDING_REFUSED':
      return INDEX.cover;
    case 'CONFIRMED':
      return INDEX.prepare;
    case 'PREPARATION':
      return INDEX.depart;
    case 'ACTIVE':
    case 'INTERRUPTED':
      return INDEX.work;
    case 'COMPLETED':
    case 'ENDED_EARLY':
      return STEPS.length;
    case 'CANCELLED':
      return undefined;
  }
}
