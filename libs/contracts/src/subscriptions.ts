import {
  fundCoverChangeGranted,
  fundCoverChangeRefused,
  fundCoverExpired,
  fundCoverExtended,
  fundCoverExtensionRefused,
  fundCoverGranted,
  fundCoverRefused,
  fundCoverShareChanged,
  fundCoverShareChangeRefused,
  payoutSent,
} from './finance/finance.messages';
import { eventPublished } from './events/event.messages';
import type { Message } from './message';
import { municipalityRecorded, partnershipRecorded } from './partnership/partnership.messages';
import type { ServiceName } from './service-name';
import {
  assignmentCancelled,
  assignmentCompleted,
  assignmentConfirmed,
  assignmentDeparted,
  assignmentEndedEarly,
  assignmentExtensionRequested,
  assignmentFundingRequested,
  assignmentInterrupted,
  assignmentResumed,
  assignmentShareChangeRequested,
  reportAccepted,
} from './staffing/staffing.messages';

/** Who consumes what, stated once: consumers, NATS permissions and the reconciler are made from it. */
export const SUBSCRIPTIONS: Readonly<Record<ServiceName, readonly Message[]>> = {
  partnership: [],
  staffing: [
    partnershipRecorded,
    fundCoverGranted,
    fundCoverRefused,
    fundCoverExpired,
    fundCoverExtended,
    fundCoverExtensionRefused,
    fundCoverShareChanged,
    fundCoverShareChangeRefused,
    fundCoverChangeRefused,
    fundCoverChangeGranted,
    payoutSent,
  ],
  finance: [
    assignmentFundingRequested,
    assignmentConfirmed,
    assignmentDeparted,
    assignmentCancelled,
    assignmentCompleted,
    assignmentExtensionRequested,
    assignmentShareChangeRequested,
    assignmentInterrupted,
    assignmentResumed,
    assignmentEndedEarly,
    reportAccepted,
    municipalityRecorded,
    eventPublished,
  ],
  events: [municipalityRecorded],
};
