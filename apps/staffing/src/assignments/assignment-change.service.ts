import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import {
  type AssignmentView,
  changeAssignmentShare,
  changeAssignmentTerms,
  endAssignmentEarly,
  extendAssignment,
  interruptAssignment,
  type ReportCancellation,
  resumeAssignment,
} from '#contracts/staffing';
import type { Tx } from '#database';
import type { Act } from '#messaging';
import { type Call, Clock } from '#platform';
import type { EligibilityCheck } from '#contracts/partnership';
import { AssignmentEligibilityService } from './assignment-eligibility.service';
import { act } from './assignment.act';
import {
  endedEarlyMessage,
  extensionRequestedMessage,
  interruptedMessage,
  resumedMessage,
  changeRequestedMessage,
} from './assignment-change.messages';
import type { Assignment } from './assignment.entity';
import { assignmentView } from './assignment.messages';
import { refuseOverfull } from './expert-time.rows';
import { instrumentRuleInForce } from './instrument-rule.reader';
import { refuseTerm } from './person-and-term';
import { refusePerson } from './person-check.reader';
import { refuseBeyondLimits } from './term-limits.rows';
import { ReportPlanService } from '../reports/report-plan.service';

const EXTENSION = {
  step: 'EXTENSION' as const,
  assertPossible: (assignment: Assignment): void => assignment.assertCanExtend(),
};
/** Of the share and of the terms. */
const CHANGE = {
  step: 'SHARE_CHANGE' as const,
  assertPossible: (assignment: Assignment): void => assignment.assertCanChangeTerms(),
};

/** What may happen to an assignment while the expert serves. */
@Injectable()
export class AssignmentChangeService {
  constructor(
    private readonly clock: Clock,
    private readonly reports: ReportPlanService,
    private readonly eligibility: AssignmentEligibilityService,
  ) {}

  @act(extendAssignment, {
    outside: (self: AssignmentChangeService, request, call) => self.eligibility.ofCover(request, call, EXTENSION),
    possible: EXTENSION.assertPossible,
    message: (assignment) =>
      assignment.extensionRequestedTo === null ? undefined : extensionRequestedMessage(assignment),
  })
  async extend(
    assignment: Assignment,
    { to, note }: RequestOf<typeof extendAssignment>,
    { tx, call, outside: check }: Act<EligibilityCheck | undefined>,
  ): Promise<void> {
    assignment.requestExtension(to);
    assignment.addNote({ act: 'EXTENSION', text: note, ...this.written(call) });
    const rule = await instrumentRuleInForce(tx, assignment.instrument, assignment.periodFrom);
    refuseTerm(rule, assignment.period, '#/to');
    await refusePerson(tx, assignment);
    await refuseBeyondLimits(tx, assignment, rule.monthsMax);
    await refuseOverfull(tx, assignment);
    assignment.noteEligibility(check);
  }

  @act(changeAssignmentShare, {
    outside: (self: AssignmentChangeService, request, call) => self.eligibility.ofCover(request, call, CHANGE),
    possible: CHANGE.assertPossible,
    message: changeRequestedMessage,
  })
  async changeShare(
    assignment: Assignment,
    { from, fullTimePercent, reason, note }: RequestOf<typeof changeAssignmentShare>,
    { tx, call, outside: check }: Act<EligibilityCheck | undefined>,
  ): Promise<void> {
    assignment.requestShareChange({ from, fullTimePercent, reason });
    assignment.addNote({ act: 'SHARE_CHANGE', text: note, ...this.written(call) });
    await refuseOverfull(tx, assignment);
    assignment.noteEligibility(check);
  }

  @act(changeAssignmentTerms, {
    outside: (self: AssignmentChangeService, request, call) => self.eligibility.ofCover(request, call, CHANGE),
    possible: CHANGE.assertPossible,
    message: changeRequestedMessage,
  })
  changeTerms(
    assignment: Assignment,
    { from, terms, reason, note }: RequestOf<typeof changeAssignmentTerms>,
    { call, outside: check }: Act<EligibilityCheck | undefined>,
  ): void {
    assignment.requestTermsChange({ from, terms, reason });
    assignment.addNote({ act: 'TERMS_CHANGE', text: note, ...this.written(call) });
    assignment.noteEligibility(check);
  }

  @act(interruptAssignment, {
    possible: (assignment) => assignment.assertCanInterrupt(),
    message: interruptedMessage,
  })
  async interrupt(
    assignment: Assignment,
    request: RequestOf<typeof interruptAssignment>,
    { tx, call }: Act,
  ): Promise<void> {
    const { interruptedOn, reason, attributableToExpert, note } = request;
    assignment.interrupt(interruptedOn, { reason, attributableToExpert });
    assignment.addNote({ act: 'INTERRUPTION', text: note, ...this.written(call) });
    await this.follow(tx, assignment, 'INTERRUPTION');
  }

  @act(resumeAssignment, {
    possible: (assignment) => assignment.assertCanResume(),
    message: resumedMessage,
  })
  async resume(
    assignment: Assignment,
    { resumedOn, note }: RequestOf<typeof resumeAssignment>,
    { tx, call }: Act,
  ): Promise<void> {
    assignment.resume(resumedOn);
    assignment.addNote({ act: 'RESUMPTION', text: note, ...this.written(call) });
    await this.follow(tx, assignment, 'RESUMPTION');
  }

  @act(endAssignmentEarly, {
    possible: (assignment) => assignment.assertCanEndEarly(),
    message: endedEarlyMessage,
  })
  async endEarly(
    assignment: Assignment,
    request: RequestOf<typeof endAssignmentEarly>,
    { tx, call }: Act,
  ): Promise<void> {
    const { endedOn, reason, attributableToExpert, note } = request;
    assignment.endEarly(endedOn, { reason, attributableToExpert });
    assignment.addNote({ act: 'EARLY_END', text: note, ...this.written(call) });
    await this.follow(tx, assignment, 'EARLY_END');
  }

  view(assignment: Assignment, { call }: Act): AssignmentView {
    return assignmentView(assignment, call);
  }

  private async follow(tx: Tx, assignment: Assignment, act: ReportCancellation): Promise<void> {
    const service = assignment.timeOfService();
    if (service) await this.reports.follow(tx, service, act);
  }

  private written({ caller }: Call): { by: string; at: Date } {
    return { by: caller.subject, at: this.clock.now() };
  }
}
