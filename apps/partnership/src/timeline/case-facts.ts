import type { DataOf, IncomingMessage, Message } from '#contracts';
import { attendanceRecorded } from '#contracts/events';
import { fundCoverExpired, fundCoverExtended, fundCoverGranted, fundCoverRefused } from '#contracts/finance';
import type { CaseFactKind, CaseFactView } from '#contracts/partnership';
import {
  assignmentCancelled,
  assignmentCompleted,
  assignmentConfirmed,
  assignmentDecisionLapsed,
  assignmentDeparted,
  assignmentDepartureCorrected,
  assignmentEndedEarly,
  assignmentExtensionRequested,
  assignmentFundingRequested,
  assignmentInterrupted,
  assignmentResumed,
  assignmentShareChangeRequested,
  expertRequestSelected,
  expertRequestSubmitted,
  reportAccepted,
} from '#contracts/staffing';
import { dayInBerlin } from '#platform';

/** What another service told, as far as the history of a partnership shows it. */
export interface CaseFact {
  readonly kind: CaseFactKind;
  readonly about: CaseFactView['about'];
  readonly on: string;
  /** Whose history it belongs to; where the message does not say, by the assignment or the municipality. */
  readonly partnershipIds?: readonly string[];
  readonly assignmentId?: string;
  readonly municipalityId?: string;
  readonly details: CaseFactView['details'];
}

type Told = Omit<CaseFact, 'kind' | 'on'> & { readonly on?: string };
type Teller = (message: IncomingMessage) => CaseFact | undefined;

/** By subject, what each message tells. Persons, reasons and amounts stay where they are. */
const TELLERS = new Map<string, Teller>();

function tells<M extends Message>(message: M, kind: CaseFactKind, told: (data: DataOf<M>) => Told | undefined): M {
  TELLERS.set(message.subject, ({ data, occurredAt }) => {
    const fact = told(data as DataOf<M>);
    return fact && { kind, on: dayInBerlin(occurredAt), ...fact };
  });
  return message;
}

interface OfAssignment {
  readonly assignmentId: string;
  readonly partnershipIds?: readonly string[];
}

function assigned(
  { assignmentId, partnershipIds }: OfAssignment,
  on?: string,
  details: CaseFact['details'] = {},
): Told {
  return {
    about: { kind: 'ASSIGNMENT', id: assignmentId },
    assignmentId,
    ...(partnershipIds && { partnershipIds }),
    ...(on !== undefined && { on }),
    details,
  };
}

interface OfRequest {
  readonly expertRequestId: string;
  readonly partnershipIds: readonly string[];
}

const requested = ({ expertRequestId, partnershipIds }: OfRequest, details: CaseFact['details'] = {}): Told => ({
  about: { kind: 'REQUEST', id: expertRequestId },
  partnershipIds,
  details,
});

/** The messages that a history is made from. */
export const TOLD: readonly Message[] = [
  tells(expertRequestSubmitted, 'REQUEST_SUBMITTED', (it) => requested(it)),
  tells(expertRequestSelected, 'REQUEST_SELECTED', (it) => requested(it, { instrument: it.instrument })),
  tells(assignmentFundingRequested, 'FUNDING_REQUESTED', (it) =>
    assigned(it, undefined, { instrument: it.instrument, ...it.period }),
  ),
  tells(assignmentDecisionLapsed, 'DECISION_LAPSED', (it) => assigned(it)),
  tells(assignmentConfirmed, 'CONFIRMED', (it) => assigned(it, undefined, { instrument: it.instrument, ...it.period })),
  tells(assignmentDeparted, 'DEPARTED', (it) => assigned(it, it.departedOn)),
  tells(assignmentDepartureCorrected, 'DEPARTURE_CORRECTED', (it) => assigned(it, it.departedOn)),
  tells(assignmentInterrupted, 'INTERRUPTED', (it) => assigned(it, it.interruptedOn)),
  tells(assignmentResumed, 'RESUMED', (it) => assigned(it, it.resumedOn)),
  tells(assignmentExtensionRequested, 'EXTENSION_REQUESTED', (it) => assigned(it, undefined, it.period)),
  tells(assignmentShareChangeRequested, 'CHANGE_REQUESTED', (it) => assigned(it, undefined, { from: it.from })),
  tells(reportAccepted, 'REPORT_ACCEPTED', (it) =>
    assigned(it, it.acceptedOn, { reportKind: it.kind, sequence: it.sequence }),
  ),
  tells(assignmentCompleted, 'COMPLETED', (it) => assigned(it, it.endedOn)),
  tells(assignmentEndedEarly, 'ENDED_EARLY', (it) => assigned(it, it.endedOn)),
  tells(assignmentCancelled, 'CANCELLED', (it) => assigned(it)),
  tells(fundCoverGranted, 'COVER_GRANTED', (it) => assigned(it)),
  tells(fundCoverRefused, 'COVER_REFUSED', (it) => assigned(it)),
  tells(fundCoverExpired, 'COVER_EXPIRED', (it) => assigned(it)),
  tells(fundCoverExtended, 'COVER_EXTENDED', (it) => assigned(it, undefined, it.period)),
  tells(attendanceRecorded, 'EVENT_ATTENDED', ({ eventId, municipalityId }) =>
    municipalityId === null ? undefined : { about: { kind: 'EVENT', id: eventId }, municipalityId, details: {} },
  ),
];

/** Undefined where a message tells nothing of any partnership. */
export function factOf(message: IncomingMessage): CaseFact | undefined {
  return TELLERS.get(message.subject)?.(message);
}
