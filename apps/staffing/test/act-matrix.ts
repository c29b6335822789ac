import type { Role } from '#contracts';
import type { ActMatrix } from '#testing';

const OK = 'possible';

const step = 'STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED';
const undecided = 'STAFFING_PARTNER_DECISION_MISSING';
const decided = 'STAFFING_PARTNER_DECISION_ALREADY_MADE';
const pending = 'STAFFING_ASSIGNMENT_EXTENSION_PENDING';
const early = 'STAFFING_ASSIGNMENT_PERIOD_NOT_OVER';
const sharing = 'STAFFING_ASSIGNMENT_SHARE_CHANGE_PENDING';
const settled = 'STAFFING_ASSIGNMENT_CORRECTION_NOT_ALLOWED';
const paid = 'STAFFING_ASSIGNMENT_MONEY_MOVED';
const given = 'STAFFING_EXPERT_CONSENT_ALREADY_GIVEN';
const no = 'STAFFING_EXPERT_CONSENT_MISSING';
const OFFICER: readonly Role[] = ['programme-officer'];

/** States with what else decides: the employer's decision, an open extension or change of the share or the terms, a payment that went out, a period that is over. */
export const ASSIGNMENT_MATRIX: ActMatrix = {
  acts: [
    'assignment_replan',
    'assignment_decide',
    'assignment_confirm',
    'assignment_prepare',
    'assignment_depart',
    'assignment_complete',
    'assignment_cancel',
    'assignment_extend',
    'assignment_interrupt',
    'assignment_resume',
    'assignment_end-early',
    'assignment_correct-employer',
    'assignment_correct-days',
    'assignment_change-share',
    'assignment_change-terms',
    'assignment_give-consent',
    'assignment_withdraw-consent',
  ],
  holders: {
    assignment_replan: OFFICER,
    assignment_decide: ['municipality-partner'],
    assignment_confirm: OFFICER,
    assignment_prepare: OFFICER,
    assignment_depart: OFFICER,
    assignment_complete: OFFICER,
    assignment_cancel: OFFICER,
    assignment_extend: OFFICER,
    assignment_interrupt: OFFICER,
    assignment_resume: OFFICER,
    'assignment_end-early': OFFICER,
    'assignment_correct-employer': OFFICER,
    'assignment_correct-days': OFFICER,
    'assignment_change-share': OFFICER,
    'assignment_change-terms': OFFICER,
    'assignment_give-consent': ['recruiter', 'programme-officer', 'expert'],
    'assignment_withdraw-consent': ['recruiter', 'programme-officer', 'expert'],
  },
  // prettier-ignore
  states: {
    //                         replan decide   confirm    prepare depart complete cancel extend   interrupt resume end-early employer days     share    terms    consent withdraw
    'PLANNED':                [OK,    OK,      undecided, step,   step,  step,    OK,    step,    step,     step,  step,     OK,      settled, step,    step,    OK,     no],
    'PLANNED CONSENT':        [OK,    OK,      undecided, step,   step,  step,    OK,    step,    step,     step,  step,     OK,      settled, step,    step,    given,  OK],
    'PLANNED ACCEPTED':       [OK,    decided, OK,        step,   step,  step,    OK,    step,    step,     step,  step,     OK,      settled, step,    step,    OK,     no],
    'FUNDING_REQUESTED':      [step,  step,    step,      step,   step,  step,    OK,    step,    step,     step,  step,     settled, settled, step,    step,    OK,     no],
    'FUNDING_REFUSED':        [OK,    step,    OK,        step,   step,  step,    OK,    step,    step,     step,  step,     OK,      settled, step,    step,    OK,     no],
    'CONFIRMED':              [step,  step,    step,      OK,     OK,    step,    OK,    step,    step,     step,  step,     settled, settled, step,    step,    OK,     no],
    'PREPARATION':            [step,  step,    step,      step,   OK,    step,    OK,    step,    step,     step,  step,     settled, OK,      step,    step,    OK,     no],
    'ACTIVE':                 [step,  step,    step,      step,   step,  early,   step,  OK,      OK,       step,  OK,       settled, OK,      OK,      OK,      OK,     no],
    'ACTIVE PAID':            [step,  step,    step,      step,   step,  early,   step,  OK,      OK,       step,  OK,       settled, paid,    OK,      OK,      OK,     no],
    'ACTIVE OVER':            [step,  step,    step,      step,   step,  OK,      step,  OK,      OK,       step,  OK,       settled, OK,      OK,      OK,      OK,     no],
    'ACTIVE PAID OVER':       [step,  step,    step,      step,   step,  OK,      step,  OK,      OK,       step,  OK,       settled, paid,    OK,      OK,      OK,     no],
    'ACTIVE EXTENDING':       [step,  step,    step,      step,   step,  pending, step,  pending, pending,  step,  pending,  settled, OK,      pending, pending, OK,     no],
    'ACTIVE PAID EXTENDING':  [step,  step,    step,      step,   step,  pending, step,  pending, pending,  step,  pending,  settled, paid,    pending, pending, OK,     no],
    'ACTIVE SHARING':         [step,  step,    step,      step,   step,  sharing, step,  sharing, sharing,  step,  sharing,  settled, OK,      sharing, sharing, OK,     no],
    'ACTIVE CHANGING':        [step,  step,    step,      step,   step,  sharing, step,  sharing, sharing,  step,  sharing,  settled, OK,      sharing, sharing, OK,     no],
    'INTERRUPTED':            [step,  step,    step,      step,   step,  step,    step,  step,    step,     OK,    OK,       settled, OK,      step,    step,    OK,     no],
    'INTERRUPTED PAID':       [step,  step,    step,      step,   step,  step,    step,  step,    step,     OK,    OK,       settled, paid,    step,    step,    OK,     no],
    'COMPLETED':              [step,  step,    step,      step,   step,  step,    step,  step,    step,     step,  step,     settled, settled, step,    step,    step,   no],
    'ENDED_EARLY':            [step,  step,    step,      step,   step,  step,    step,  step,    step,     step,  step,     settled, settled, step,    step,    step,   no],
    'CANCELLED':              [step,  step,    step,      step,   step,  step,    step,  step,    step,     step,  step,     settled, settled, step,    step,    step,   no],
  },
};

const stage = 'STAFFING_REPORT_TRANSITION_NOT_ALLOWED';

export const REPORT_MATRIX: ActMatrix = {
  acts: ['report_submit', 'report_comment', 'report_accept', 'report_return'],
  holders: {
    report_submit: ['expert'],
    report_comment: ['municipality-de', 'municipality-partner'],
    report_accept: OFFICER,
    report_return: OFFICER,
  },
  // prettier-ignore
  states: {
    //          submit comment accept return
    DRAFT:     [OK,    stage,  stage, stage],
    SUBMITTED: [stage, OK,     stage, OK],
    COMMENTED: [stage, OK,     OK,    OK],
    RETURNED:  [OK,    stage,  stage, stage],
    ACCEPTED:  [stage, stage,  stage, stage],
    CANCELLED: [stage, stage,  stage, stage],
  },
};
