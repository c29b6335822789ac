import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import {
  type AssignmentView,
  cancelAssignment,
  completeAssignment,
  confirmAssignment,
  decideOnAssignment,
  departAssignment,
  prepareAssignment,
} from '#contracts/staffing';
import type { Act } from '#messaging';
import { Clock } from '#platform';
import type { EligibilityCheck } from '#contracts/partnership';
import { AssignmentEligibilityService } from './assignment-eligibility.service';
import { act } from './assignment.act';
import type { Assignment } from './assignment.entity';
import {
  assignmentView,
  cancelledMessage,
  completedMessage,
  departedMessage,
  fundingRequestedMessage,
} from './assignment.messages';
import { candidateFor } from './candidate.reader';
import { refuseOverfull } from './expert-time.rows';
import { plausibleDays } from '../plausible-days.reader';
import { instrumentRuleInForce } from './instrument-rule.reader';
import { unmetByPersonOf } from './person-check.reader';
import { refuseBeyondLimits } from './term-limits.rows';
import { ReportPlanService } from '../reports/report-plan.service';

const COVER = {
  step: 'COVER' as const,
  assertPossible: (assignment: Assignment): void => assignment.assertCanRequestFunding(),
};

/** The steps of an assignment between plan and completion. */
@Injectable()
export class AssignmentService {
  constructor(
    private readonly clock: Clock,
    private readonly reports: ReportPlanService,
    private readonly eligibility: AssignmentEligibilityService,
  ) {}

  @act(decideOnAssignment, {
    possible: (assignment, { caller }) => assignment.assertAwaitsDecisionOf(caller.municipalityId),
    message: (assignment, { outcome }) => (outcome === 'REJECTED' ? cancelledMessage(assignment) : undefined),
  })
  decide(assignment: Assignment, { outcome, note }: RequestOf<typeof decideOnAssignment>, { call }: Act): void {
    const { municipalityId, subject } = call.caller;
    assignment.recordPartnerDecision({ outcome, municipalityId, by: subject, at: this.clock.now(), note });
  }

  @act(confirmAssignment, {
    outside: (self: AssignmentService, request, call) => self.eligibility.ofCover(request, call, COVER),
    possible: COVER.assertPossible,
    // Who does not qualify any more, and for whom the rules are not met, is not brought before the fund.
    message: (assignment) => (assignment.isWaitingForCover ? fundingRequestedMessage(assignment) : undefined),
  })
  async confirm(
    assignment: Assignment,
    { note }: RequestOf<typeof confirmAssignment>,
    { tx, call, outside: check }: Act<EligibilityCheck | undefined>,
  ): Promise<void> {
    assignment.requestFunding();
    await refuseOverfull(tx, assignment);
    assignment.addNote({ act: 'CONFIRMATION', text: note, by: call.caller.subject, at: this.clock.now() });
    const unmet = await unmetByPersonOf(tx, assignment);
    if (unmet.rules.length > 0) {
      assignment.refuseFunding({ reason: 'EXPERT_NOT_ELIGIBLE', shortfalls: [], ...unmet });
      return;
    }
    // After a refusal of cover others may have been planned in its place.
    const { monthsMax } = await instrumentRuleInForce(tx, assignment.instrument, assignment.periodFrom);
    await refuseBeyondLimits(tx, assignment, monthsMax);
    assignment.noteEligibility(check);
  }

  @act(prepareAssignment, {
    possible: (assignment) => assignment.assertCanBecome('PREPARATION'),
  })
  async prepare(
    assignment: Assignment,
    { startedOn }: RequestOf<typeof prepareAssignment>,
    { tx }: Act,
  ): Promise<void> {
    const today = this.clock.today();
    const { preparationMonthsMax: monthsMax } = await plausibleDays(tx, today);
    assignment.startPreparation(startedOn, { today, monthsMax });
  }

  @act(departAssignment, {
    possible: (assignment) => assignment.assertCanDepart(),
    message: departedMessage,
  })
  async depart(assignment: Assignment, { departedOn }: RequestOf<typeof departAssignment>, { tx }: Act): Promise<void> {
    assignment.depart(departedOn, this.clock.today());
    const service = assignment.timeOfService();
    if (service) await this.reports.plan(tx, service);
  }

  @act(completeAssignment, {
    possible: (assignment, { today }) => assignment.assertCanComplete(today),
    message: completedMessage,
  })
  async complete(assignment: Assignment, _: RequestOf<typeof completeAssignment>, { tx }: Act): Promise<void> {
    const openReports = await this.reports.open(tx, assignment.id);
    assignment.complete({ today: this.clock.today(), openReports });
  }

  @act(cancelAssignment, {
    possible: (assignment) => assignment.assertCanBecome('CANCELLED'),
    message: cancelledMessage,
  })
  cancel(assignment: Assignment, { reason }: RequestOf<typeof cancelAssignment>): void {
    assignment.cancel(reason);
  }

  async view(assignment: Assignment, { tx, call }: Act): Promise<AssignmentView> {
    return assignmentView(assignment, call, await candidateFor(tx, assignment, call));
  }
}
