import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import {
  type AssignmentView,
  endAssignmentEarly,
  extendAssignment,
  interruptAssignment,
  resumeAssignment,
} from '#contracts/staffing';
import type { Act } from '#messaging';
import { type Call, Clock } from '#platform';
import { act } from './assignment.act';
import {
  endedEarlyMessage,
  extensionRequestedMessage,
  interruptedMessage,
  resumedMessage,
} from './assignment-change.messages';
import type { Assignment } from './assignment.entity';
import { assignmentView } from './assignment.messages';
import { instrumentRuleInForce } from './instrument-rule.reader';
import { refuseTerm } from './person-and-term';

/** What may happen to an assignment while the expert serves. */
@Injectable()
export class AssignmentChangeService {
  constructor(private readonly clock: Clock) {}

  @act(extendAssignment, {
    possible: (assignment) => assignment.assertCanExtend(),
    message: extensionRequestedMessage,
  })
  async extend(
    assignment: Assignment,
    { to, note }: RequestOf<typeof extendAssignment>,
    { tx, call }: Act,
  ): Promise<void> {
    assignment.requestExtension(to);
    assignment.addNote({ act: 'EXTENSION', text: note, ...this.written(call) });
    const rule = await instrumentRuleInForce(tx, assignment.instrument, assignment.periodFrom);
    refuseTerm(rule, { from: assignment.periodFrom, to });
  }

  @act(interruptAssignment, {
    possible: (assignment) => assignment.assertCanInterrupt(),
    message: interruptedMessage,
  })
  interrupt(assignment: Assignment, request: RequestOf<typeof interruptAssignment>, { call }: Act): void {
    const { interruptedOn, reason, attributableToExpert, note } = request;
    assignment.interrupt(interruptedOn, { reason, attributableToExpert });
    assignment.addNote({ act: 'INTERRUPTION', text: note, ...this.written(call) });
  }

  @act(resumeAssignment, {
    possible: (assignment) => assignment.assertCanResume(),
    message: resumedMessage,
  })
  resume(assignment: Assignment, { resumedOn, note }: RequestOf<typeof resumeAssignment>, { call }: Act): void {
    assignment.resume(resumedOn);
    assignment.addNote({ act: 'RESUMPTION', text: note, ...this.written(call) });
  }

  @act(endAssignmentEarly, {
    possible: (assignment) => assignment.assertCanEndEarly(),
    message: endedEarlyMessage,
  })
  endEarly(assignment: Assignment, request: RequestOf<typeof endAssignmentEarly>, { call }: Act): void {
    const { endedOn, reason, attributableToExpert, note } = request;
    assignment.endEarly(endedOn, { reason, attributableToExpert });
    assignment.addNote({ act: 'EARLY_END', text: note, ...this.written(call) });
  }

  view(assignment: Assignment, { call }: Act): AssignmentView {
    return assignmentView(assignment, call);
  }

  private written({ caller }: Call): { by: string; at: Date } {
    return { by: caller.subject, at: this.clock.now() };
  }
}
