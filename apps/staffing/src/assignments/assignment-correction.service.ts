import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { OutgoingMessage, RequestOf } from '#contracts';
import {
  assignmentDepartureCorrected,
  type AssignmentView,
  correctAssignmentDays,
  correctAssignmentEmployer,
} from '#contracts/staffing';
import type { Act } from '#messaging';
import { type Call, Clock } from '#platform';
import { ReportPlanService } from '../reports/report-plan.service';
import { act } from './assignment.act';
import type { Assignment } from './assignment.entity';
import { assignmentView } from './assignment.messages';
import { plausibleDays } from '../plausible-days.reader';
import { PlanningRulesService } from './planning-rules.service';

/** Corrections of what was entered wrongly; a plan that is not covered yet is planned anew instead. */
@Injectable()
export class AssignmentCorrectionService {
  constructor(
    private readonly clock: Clock,
    private readonly rules: PlanningRulesService,
    private readonly reports: ReportPlanService,
  ) {}

  @act(correctAssignmentEmployer, { possible: (assignment) => assignment.assertEmployerCorrectable() })
  async correctEmployer(
    assignment: Assignment,
    { employerMunicipalityId, reason }: RequestOf<typeof correctAssignmentEmployer>,
    { tx, call }: Act,
  ): Promise<void> {
    assignment.correctEmployer(employerMunicipalityId);
    this.note(assignment, reason, call);
    await this.rules.refuse(tx, assignment);
  }

  @act(correctAssignmentDays, {
    possible: (assignment) => assignment.assertDaysCorrectable(),
    message: (assignment, { departedOn }) => (departedOn === undefined ? undefined : correctedMessage(assignment)),
  })
  async correctDays(
    assignment: Assignment,
    { preparationStartedOn, departedOn, reason }: RequestOf<typeof correctAssignmentDays>,
    { tx, call }: Act,
  ): Promise<void> {
    const today = this.clock.today();
    const { preparationMonthsMax: monthsMax } = await plausibleDays(tx, today);
    assignment.correctDays({ preparationStartedOn, departedOn }, { today, monthsMax });
    this.note(assignment, reason, call);
    const service = assignment.timeOfService();
    if (service) await this.reports.follow(tx, service, 'CORRECTION');
  }

  view(assignment: Assignment, { call }: Act): AssignmentView {
    return assignmentView(assignment, call);
  }

  private note(assignment: Assignment, text: string, { caller }: Call): void {
    assignment.addNote({ act: 'CORRECTION', text, by: caller.subject, at: this.clock.now() });
  }
}

function correctedMessage({ id, version, partnershipIds, departedOn }: Assignment): OutgoingMessage {
  assert(departedOn, 'corrected without a day');
  return assignmentDepartureCorrected.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId: id, partnershipIds, departedOn },
  });
}
