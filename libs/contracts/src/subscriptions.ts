import { fundCoverGranted, fundCoverRefused } from './finance/finance.messages';
import type { Message } from './message';
import { municipalityRecorded, partnershipRecorded } from './partnership/partnership.messages';
import type { ServiceName } from './service-name';

/** Who consumes what, stated once: consumers, NATS permissions and the reconciler are made from it. */
export const SUBSCRIPTIONS: Readonly<Record<ServiceName, readonly Message[]>> = {
  partnership: [],
  staffing: [partnershipRecorded, municipalityRecorded, fundCoverGranted, fundCoverRefused],
  finance: [],
  events: [municipalityRecorded],
};
