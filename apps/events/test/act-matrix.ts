import type { Role } from '#contracts';
import type { ActMatrix } from '#testing';

const OK = 'possible';
const ORGANISERS: readonly Role[] = ['adviser', 'programme-officer'];

const step = 'EVENTS_EVENT_TRANSITION_NOT_ALLOWED';
const begun = 'EVENTS_EVENT_ALREADY_STARTED';

export const EVENT_MATRIX: ActMatrix = {
  acts: ['event_publish', 'event_change', 'event_postpone', 'event_settle', 'event_cancel'],
  holders: {
    event_publish: ORGANISERS,
    event_change: ORGANISERS,
    event_postpone: ORGANISERS,
    event_settle: ORGANISERS,
    event_cancel: ORGANISERS,
  },
  // prettier-ignore
  states: {
    //                    publish change postpone settle cancel
    DRAFT:               [OK,     OK,    step,    step,  OK],
    PUBLISHED:           [step,   OK,    OK,      step,  OK],
    REGISTRATION_CLOSED: [step,   OK,    OK,      step,  OK],
    RUNNING:             [begun,  step,  step,    step,  step],
    HELD:                [begun,  step,  step,    OK,    step],
    SETTLED:             [begun,  step,  step,    step,  step],
    CANCELLED:           [step,   step,  step,    step,  step],
    POSTPONED:           [OK,     OK,    step,    step,  OK],
  },
};

const stage = 'EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED';
/** Who registers, and the organisers for them. */
const REGISTRANTS: readonly Role[] = [...ORGANISERS, 'expert', 'municipality-de', 'municipality-partner'];

export const REGISTRATION_MATRIX: ActMatrix = {
  acts: [
    'registration_confirm',
    'registration_cancel',
    'registration_change',
    'registration_replace-participant',
    'registration_check-in',
    'registration_correct-attendance',
    'registration_undo-check-in',
    'registration_request-address-confirmation',
  ],
  holders: {
    registration_confirm: REGISTRANTS,
    registration_cancel: REGISTRANTS,
    registration_change: REGISTRANTS,
    'registration_replace-participant': REGISTRANTS,
    'registration_check-in': ['adviser'],
    'registration_correct-attendance': ORGANISERS,
    'registration_undo-check-in': ORGANISERS,
    'registration_request-address-confirmation': REGISTRANTS,
  },
  // prettier-ignore
  states: {
    //              confirm cancel change replace check-in correct undo   ask
    WAITLISTED:    [stage,  OK,    OK,    OK,     stage,   stage,  stage,   OK],
    OFFERED:       [OK,     OK,    stage, OK,     stage,   stage,  stage,   OK],
    OFFER_EXPIRED: [stage,  stage, stage, stage,  stage,   stage,  stage,   stage],
    CONFIRMED:     [stage,  OK,    OK,    OK,     OK,      stage,  stage,   OK],
    ATTENDED:      [stage,  stage, stage, OK,     stage,   OK,     OK,      stage],
    NO_SHOW:       [stage,  stage, stage, OK,     stage,   OK,     OK,      stage],
    CANCELLED:     [stage,  stage, stage, stage,  stage,   stage,  stage,   stage],
  },
};
