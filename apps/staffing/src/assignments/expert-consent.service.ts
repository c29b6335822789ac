import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { type AssignmentView, giveExpertConsent, withdrawExpertConsent } from '#contracts/staffing';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import { act } from './assignment.act';
import type { Assignment } from './assignment.entity';
import { assignmentView } from './assignment.messages';

/** The expert's consent that the employer of an assignment sees the name. */
@Injectable()
export class ExpertConsentService {
  constructor(private readonly clock: Clock) {}

  /** Whoever records it for the expert says how it was given: the consent has to be shown (DSGVO 7 (1)). */
  @act(giveExpertConsent, { possible: (assignment) => assignment.assertCanConsent() })
  give(assignment: Assignment, { evidence }: RequestOf<typeof giveExpertConsent>, { call }: Act): void {
    const { subject, expertId } = call.caller;
    if (evidence === undefined && expertId !== assignment.expertId) {
      throw new AppError(
        'STAFFING_EXPERT_CONSENT_EVIDENCE_MISSING',
        {},
        { errors: [{ pointer: '#/evidence', code: 'STAFFING_EXPERT_CONSENT_EVIDENCE_MISSING', detail: 'is missing' }] },
      );
    }
    assignment.giveConsent({ by: subject, at: this.clock.now(), evidence: evidence ?? null });
  }

  @act(withdrawExpertConsent, { possible: (assignment) => assignment.assertCanWithdrawConsent() })
  withdraw(assignment: Assignment): void {
    assignment.withdrawConsent();
  }

  view(assignment: Assignment, { call }: Act): AssignmentView {
    return assignmentView(assignment, call);
  }
}
