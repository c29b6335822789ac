import { Injectable } from '@nestjs/common';
import {
  type AssignmentView,
  endAssignmentEarly,
  extendAssignment,
  interruptAssignment,
  type RequestOf,
  resumeAssignment,
} from '#contracts';
import type { Act } from '#messaging';
import { act } from './assignment.act';
import {
  endedEarlyMessage,
  extensionRequestedMessage,
  interruptedMessage,
  resumedMessage,
} from './assignment-change.messages';
import type { Assignment } from './assignment.entity';
import { assignmentView } from './assignment.messages';
import { refuseTerm } from './instrument-rules';
import { instrumentRuleInForce } from './instrument-rule.reader';

/** What may happen to an assignment while the expert serves. */
@Injectable()
export class AssignmentChangeService {
  @act(extendAssignment, {
    possible: (assignment) => assignment.assertCanExtend(),
    message: extensionRequestedMessage,
  })
  async extend(assignment: Assignment, { to }: RequestOf<typeof extendAssignment>, { tx }: Act): Promise<void> {
    assignment.requestExtension(to);
    const rule = await instrumentRuleInForce(tx, assignment.instrument, assignment.periodFrom);
    refuseTerm(rule, { from: assignment.periodFrom, to });
  }

  @act(interruptAssignment, {
    possible: (assignment) => assignment.assertCanInterrupt(),
    message: interruptedMessage,
  })
  interrupt(assignment: Assignment, request: RequestOf<typeof interruptAssignment>): void {
    const { interruptedOn, reason, attributableToExpert } = request;
    assignment.interrupt(interruptedOn, { reason, attributableToExpert });
  }

  @act(resumeAssignment, {
    possible: (assignment) => assignment.assertCanResume(),
    message: resumedMessage,
  })
  resume(assignment: Assignment, { resumedOn }: RequestOf<typeof resumeAssignment>): void {
    assignment.resume(resumedOn);
  }

  @act(endAssignmentEarly, {
    possible: (assignment) => assignment.assertCanEndEarly(),
    message: endedEarlyMessage,
  })
  endEarly(assignment: Assignment, request: RequestOf<typeof endAssignmentEarly>): void {
    const { endedOn, reason, attributableToExpert, note } = request;
    assignment.endEarly(endedOn, { reason, attributableToExpert }, note);
  }

  view(assignment: Assignment, { call }: Act): AssignmentView {
    return assignmentView(assignment, call);
  }
}
