import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { type AssignmentView, planAssignment, replanAssignment } from '#contracts/staffing';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { selectedRequest } from '../expert-requests/selected-request.reader';
import { AssignmentEligibilityService } from './assignment-eligibility.service';
import { act } from './assignment.act';
import { Assignment } from './assignment.entity';
import { assignmentView, decisionLapsedMessage } from './assignment.messages';
import { PlanningRulesService } from './planning-rules.service';

/** Planning: the request is selected, the employer takes part, person and term fit the instrument's rules of that day. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly rules: PlanningRulesService,
    private readonly eligibility: AssignmentEligibilityService,
  ) {}

  @Handle(planAssignment)
  async plan(request: RequestOf<typeof planAssignment>, call: Call): Promise<AssignmentView> {
    const check = await this.eligibility.ofPlan(request, call);
    return this.commands.run(call, async (tx) => {
      const { id = newId(), expertRequestId, expertId, employerMunicipalityId, ...plan } = request;
      const { partnershipIds, instrument } = await selectedRequest(tx, expertRequestId);
      if (plan.costInputs.instrument !== instrument) {
        throw new AppError('STAFFING_ASSIGNMENT_INSTRUMENT_MISMATCH', { chosen: instrument });
      }
      const assignment = Assignment.plan({
        id,
        expertRequestId,
        partnershipIds,
        expertId,
        employerMunicipalityId,
        plan,
        by: call.caller.subject,
        at: this.clock.now(),
      });
      await this.rules.refuse(tx, assignment);
      if (check) assignment.eligibilityChecks = [check];
      await tx.insert(assignment);
      return this.view(assignment, { call });
    });
  }

  @act(replanAssignment, {
    possible: (assignment) => assignment.assertCanBecome('PLANNED'),
    message: decisionLapsedMessage,
  })
  async replan(
    assignment: Assignment,
    { assignmentId: _, ...plan }: RequestOf<typeof replanAssignment>,
    { tx }: Act,
  ): Promise<void> {
    assignment.replan(plan, this.clock.now());
    await this.rules.refuse(tx, assignment);
  }

  view(assignment: Assignment, { call }: Pick<Act, 'call'>): AssignmentView {
    return assignmentView(assignment, call);
  }
}
