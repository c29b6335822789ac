export type AssignmentStep =
  | 'CONFIRMED'
  | 'DEPARTED'
  | 'DEPARTURE_CORRECTED'
  | 'CANCELLED'
  | 'COMPLETED'
  | 'INTERRUPTED'
  | 'RESUMED'
  | 'ENDED_EARLY';

export type CourseStatus = 'CONFIRMED' | 'ACTIVE' | 'INTERRUPTED' | 'ENDED' | 'CANCELLED';

export interface CourseStep {
  readonly version: number;
  readonly step: AssignmentStep;
  readonly on: string;
}

/** Where an assignment stands, and the days it got there. */
export interface Course {
  readonly status: CourseStatus;
  readonly confirmedOn: string | null;
  readonly departedOn: string | null;
  readonly endedOn: string | null;
}

/** A corrected day of departure leaves the assignment where it was. */
const LEADS_TO: Readonly<Record<AssignmentStep, CourseStatus | null>> = {
  CONFIRMED: 'CONFIRMED',
  DEPARTED: 'ACTIVE',
  DEPARTURE_CORRECTED: null,
  CANCELLED: 'CANCELLED',
  COMPLETED: 'ENDED',
  INTERRUPTED: 'INTERRUPTED',
  RESUMED: 'ACTIVE',
  ENDED_EARLY: 'ENDED',
};

/** The course that the known steps tell, in the order of their versions. */
export function courseOf(steps: readonly CourseStep[]): Course {
  const inOrder = steps.toSorted((a, b) => a.version - b.version);
  const last = (...kinds: readonly AssignmentStep[]) =>
    inOrder.findLast(({ step }) => kinds.includes(step))?.on ?? null;
  const status = inOrder.map(({ step }) => LEADS_TO[step]).findLast((each) => each !== null);
  return {
    status: status ?? 'CONFIRMED',
    confirmedOn: last('CONFIRMED'),
    departedOn: last('DEPARTED', 'DEPARTURE_CORRECTED'),
    endedOn: last('COMPLETED', 'ENDED_EARLY'),
  };
}
