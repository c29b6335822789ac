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
import { act } from './assignment.act';
import type { Assignment } from './assignment.entity';
import {
  assignmentView,
  cancelledMessage,
  completedMessage,
  departedMessage,
  fundingRequestedMessage,
} from './assignment.messages';
import { ReportPlanService } from '../reports/report-plan.service';

/** The steps of an assignment between plan and completion. */
@Injectable()
export class AssignmentService {
  constructor(
    private readonly clock: Clock,
    private readonly reports: ReportPlanService,
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
    possible: (assignment) => assignment.assertCanRequestFunding(),
    message: fundingRequestedMessage,
  })
  confirm(assignment: Assignment, { note }: RequestOf<typeof confirmAssignment>, { call }: Act): void {
    assignment.requestFunding();
    assignment.addNote({ act: 'CONFIRMATION', text: note, by: call.caller.subject, at: this.clock.now() });
  }

  @act(prepareAssignment, {
    possible: (assignment) => assignment.assertCanBecome('PREPARATION'),
  })
  prepare(assignment: Assignment, { startedOn }: RequestOf<typeof prepareAssignment>): void {
    assignment.startPreparation(startedOn);
  }

  @act(departAssignment, {
    possible: (assignment) => assignment.assertCanDepart(),
    message: departedMessage,
  })
  async depart(
    assignment: Assignment,
    { assignmentId, departedOn }: RequestOf<typeof departAssignment>,
    { tx }: Act,
  ): Promise<void> {
    assignment.depart(departedOn);
    await this.reports.plan(tx, { assignmentId, departedOn, endsOn: assignment.periodTo });
  }

  @act(completeAssignment, {
    possible: (assignment) => assignment.assertCanComplete(),
    message: completedMessage,
  })
  async complete(assignment: Assignment, _: RequestOf<typeof completeAssignment>, { tx }: Act): Promise<void> {
    assignment.complete({ isAccepted: await this.reports.isFinalAccepted(tx, assignment.id) });
  }

  @act(cancelAssignment, {
    possible: (assignment) => assignment.assertCanBecome('CANCELLED'),
    message: cancelledMessage,
  })
  cancel(assignment: Assignment, { reason }: RequestOf<typeof cancelAssignment>): void {
    assignment.cancel(reason);
  }

  view(assignment: Assignment, { call }: Act): AssignmentView {
    return assignmentView(assignment, call);
  }
}
