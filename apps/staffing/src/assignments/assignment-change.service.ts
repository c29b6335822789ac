import { Injectable } from '@nestjs/common';
import type {
  AssignmentView,
  endAssignmentEarly,
  extendAssignment,
  interruptAssignment,
  OutgoingMessage,
  RequestOf,
  resumeAssignment,
} from '#contracts';
import type { Tx } from '#database';
import { Commands, Outbox } from '#messaging';
import type { Call } from '#platform';
import {
  endedEarlyMessage,
  extensionRequestedMessage,
  interruptedMessage,
  resumedMessage,
} from './assignment-change.messages';
import { Assignment } from './assignment.entity';
import { assignmentView } from './assignment.messages';
import { refuseTerm } from './instrument-rules';
import { instrumentRuleInForce } from './instrument-rule.reader';

/** What may happen to an assignment while the expert serves, one transaction each. */
@Injectable()
export class AssignmentChangeService {
  constructor(
    private readonly commands: Commands,
    private readonly outbox: Outbox,
  ) {}

  extend({ assignmentId, to }: RequestOf<typeof extendAssignment>, call: Call): Promise<AssignmentView> {
    return this.change(assignmentId, call, extensionRequestedMessage, async (assignment, tx) => {
      assignment.requestExtension(to);
      const rule = await instrumentRuleInForce(tx, assignment.instrument, assignment.periodFrom);
      refuseTerm(rule, { from: assignment.periodFrom, to });
    });
  }

  interrupt(request: RequestOf<typeof interruptAssignment>, call: Call): Promise<AssignmentView> {
    const { assignmentId, interruptedOn, reason, attributableToExpert } = request;
    return this.change(assignmentId, call, interruptedMessage, (assignment) => {
      assignment.interrupt(interruptedOn, { reason, attributableToExpert });
    });
  }

  resume({ assignmentId, resumedOn }: RequestOf<typeof resumeAssignment>, call: Call): Promise<AssignmentView> {
    return this.change(assignmentId, call, resumedMessage, (assignment) => {
      assignment.resume(resumedOn);
    });
  }

  endEarly(request: RequestOf<typeof endAssignmentEarly>, call: Call): Promise<AssignmentView> {
    const { assignmentId, endedOn, reason, attributableToExpert, note } = request;
    return this.change(assignmentId, call, endedEarlyMessage, (assignment) => {
      assignment.endEarly(endedOn, { reason, attributableToExpert }, note);
    });
  }

  private change(
    id: string,
    call: Call,
    message: (assignment: Assignment) => OutgoingMessage,
    act: (assignment: Assignment, tx: Tx) => Promise<void> | void,
  ): Promise<AssignmentView> {
    return this.commands.run(call, async (tx) => {
      const assignment = await tx.lockOrFail(Assignment, id, call.expectedVersion);
      await act(assignment, tx);
      await tx.update(assignment);
      this.outbox.append(tx, message(assignment));
      return assignmentView(assignment, call);
    });
  }
}
