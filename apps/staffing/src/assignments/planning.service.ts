import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { type AssignmentView, planAssignment, replanAssignment } from '#contracts/staffing';
import type { Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { selectedRequest } from '../expert-requests/selected-request.reader';
import { personFacts } from '../experts/person-facts.reader';
import { type Participant, participantsOf } from '../participants.rows';
import { act } from './assignment.act';
import { Assignment } from './assignment.entity';
import { assignmentView } from './assignment.messages';
import { countriesOf, instrumentRuleInForce, plausibleDays } from './instrument-rule.reader';
import { refusePerson, refuseStart, refuseTerm } from './person-and-term';
import { refuseBeyondLimits } from './term-limits.rows';

/** Planning: the request is selected, the employer takes part, person and term fit the instrument's rules of that day. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @Handle(planAssignment)
  plan(request: RequestOf<typeof planAssignment>, call: Call): Promise<AssignmentView> {
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
      await this.refuseByRules(tx, assignment);
      await tx.insert(assignment);
      return this.view(assignment, { call });
    });
  }

  @act(replanAssignment, { possible: (assignment) => assignment.assertCanBecome('PLANNED') })
  async replan(
    assignment: Assignment,
    { assignmentId: _, ...plan }: RequestOf<typeof replanAssignment>,
    { tx }: Act,
  ): Promise<void> {
    assignment.replan(plan);
    await this.refuseByRules(tx, assignment);
  }

  view(assignment: Assignment, { call }: Pick<Act, 'call'>): AssignmentView {
    return assignmentView(assignment, call);
  }

  private async refuseByRules(tx: Tx, assignment: Assignment): Promise<void> {
    const { partnershipIds, employerMunicipalityId, instrument, expertId, period } = assignment;
    const employer = await employerOf(tx, partnershipIds, employerMunicipalityId);
    const today = this.clock.today();
    refuseStart(period.from, { today, yearsMax: (await plausibleDays(tx, today)).startYearsMax });
    const rule = await instrumentRuleInForce(tx, instrument, period.from);
    refuseTerm(rule, period, '#/period/to');
    const person = await personFacts(tx, expertId);
    const groupCountries = await countriesOf(tx, rule.citizenshipGroups, period.from);
    refusePerson(rule, person, { groupCountries, countryOfWork: employer.country, on: period.from });
    await refuseBeyondLimits(tx, assignment, rule.monthsMax);
  }
}

async function employerOf(tx: Tx, partnershipIds: readonly string[], municipalityId: string): Promise<Participant> {
  const participants = await participantsOf(tx, partnershipIds);
  const employer = participants.find((each) => each.municipalityId === municipalityId && each.side === 'PARTNER');
  if (!employer) throw new AppError('STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING');
  return employer;
}
