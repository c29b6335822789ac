import { Injectable } from '@nestjs/common';
import {
  type AssignmentView,
  type cancelAssignment,
  type completeAssignment,
  type confirmAssignment,
  type decideOnAssignment,
  type departAssignment,
  type OutgoingMessage,
  type prepareAssignment,
  type RequestOf,
} from '#contracts';
import type { Tx } from '#database';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock } from '#platform';
import { refuseForeign } from '../object-scope';
import { Assignment } from './assignment.entity';
import {
  assignmentView,
  cancelledMessage,
  completedMessage,
  departedMessage,
  fundingRequestedMessage,
} from './assignment.messages';
import { OWNERSHIP } from './assignment.reader';
import { ReportPlanner } from './report-planner';

interface Step {
  readonly id: string;
  readonly act: (assignment: Assignment, tx: Tx) => Promise<void> | void;
  /** The fact that the step makes; built after the write, with the new version. */
  readonly message?: (assignment: Assignment) => OutgoingMessage | undefined;
}

/** The steps of an assignment between plan and completion, one transaction each. */
@Injectable()
export class AssignmentService {
  constructor(
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly reports: ReportPlanner,
  ) {}

  decide(request: RequestOf<typeof decideOnAssignment>, call: Call): Promise<AssignmentView> {
    const { municipalityId, subject } = call.caller;
    const { outcome, note } = request;
    return this.run(call, {
      id: request.assignmentId,
      act: (assignment) => {
        assignment.recordPartnerDecision({ outcome, municipalityId, by: subject, at: this.clock.now(), note });
      },
      message: (assignment) => (outcome === 'REJECTED' ? cancelledMessage(assignment) : undefined),
    });
  }

  confirm({ assignmentId }: RequestOf<typeof confirmAssignment>, call: Call): Promise<AssignmentView> {
    return this.run(call, {
      id: assignmentId,
      act: (assignment) => {
        assignment.requestFunding();
      },
      message: fundingRequestedMessage,
    });
  }

  prepare({ assignmentId, startedOn }: RequestOf<typeof prepareAssignment>, call: Call): Promise<AssignmentView> {
    return this.run(call, {
      id: assignmentId,
      act: (assignment) => {
        assignment.startPreparation(startedOn);
      },
    });
  }

  depart({ assignmentId, departedOn }: RequestOf<typeof departAssignment>, call: Call): Promise<AssignmentView> {
    return this.run(call, {
      id: assignmentId,
      act: async (assignment, tx) => {
        assignment.depart(departedOn);
        await this.reports.plan(tx, { assignmentId, departedOn, endsOn: assignment.periodTo });
      },
      message: departedMessage,
    });
  }

  complete({ assignmentId }: RequestOf<typeof completeAssignment>, call: Call): Promise<AssignmentView> {
    return this.run(call, {
      id: assignmentId,
      act: async (assignment, tx) => {
        assignment.complete({ isAccepted: await this.reports.isFinalAccepted(tx, assignmentId) });
      },
      message: completedMessage,
    });
  }

  cancel({ assignmentId, reason }: RequestOf<typeof cancelAssignment>, call: Call): Promise<AssignmentView> {
    return this.run(call, {
      id: assignmentId,
      act: (assignment) => {
        assignment.cancel(reason);
      },
      message: cancelledMessage,
    });
  }

  private run(call: Call, { id, act, message }: Step): Promise<AssignmentView> {
    return this.commands.run(call, async (tx) => {
      await refuseForeign(tx, call, { ...OWNERSHIP, from: 'assignment', idColumn: 'id', id });
      const assignment = await tx.lockOrFail(Assignment, id, call.expectedVersion);
      await act(assignment, tx);
      await tx.update(assignment);
      const fact = message?.(assignment);
      if (fact) this.outbox.append(tx, fact);
      return assignmentView(assignment, call);
    });
  }
}
