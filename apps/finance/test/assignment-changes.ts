import type { Message, OutgoingMessage } from '#contracts';
import {
  assignmentCancelled,
  assignmentCompleted,
  assignmentConfirmed,
  assignmentDeparted,
  assignmentEndedEarly,
  assignmentExtensionRequested,
  assignmentFundingRequested,
  assignmentInterrupted,
  assignmentResumed,
  assignmentShareChangeRequested,
} from '#contracts/staffing';
import type { CostTerms, TermsChange } from '#contracts/finance';
import type { FinanceWorld, FundingData } from './finance-world';

const cause = (attributableToExpert: boolean) => ({ reason: 'SECURITY' as const, attributableToExpert });

/** What staffing tells about one assignment. */
export class AssignmentMessages {
  constructor(private readonly data: FundingData) {}

  fundingRequested(version: number, to = this.data.period.to): OutgoingMessage {
    const period = { from: this.data.period.from, to };
    return this.of(assignmentFundingRequested, version, { ...this.data, period });
  }

  confirmed(version: number): OutgoingMessage {
    return this.of(assignmentConfirmed, version, { ...this.data });
  }

  departed(version: number): OutgoingMessage {
    return this.of(assignmentDeparted, version, { departedOn: this.data.period.from });
  }

  cancelled(version: number): OutgoingMessage {
    return this.of(assignmentCancelled, version, {});
  }

  completed(version: number): OutgoingMessage {
    return this.of(assignmentCompleted, version, { endedOn: this.data.period.to });
  }

  extensionRequested(to: string, version: number): OutgoingMessage {
    return this.of(assignmentExtensionRequested, version, { period: { from: this.data.period.from, to } });
  }

  shareChangeRequested(from: string, fullTimePercent: number, version: number): OutgoingMessage {
    return this.of(assignmentShareChangeRequested, version, { from, fullTimePercent });
  }

  termsChangeRequested(from: string, terms: CostTerms, version: number): OutgoingMessage {
    return this.of(assignmentShareChangeRequested, version, { from, fullTimePercent: 100, terms });
  }

  interrupted(interruptedOn: string, version: number, isAttributable = false): OutgoingMessage {
    return this.of(assignmentInterrupted, version, { interruptedOn, ...cause(isAttributable) });
  }

  resumed(interruptedOn: string, resumedOn: string, version: number): OutgoingMessage {
    return this.of(assignmentResumed, version, { interruptedOn, resumedOn, ...cause(false) });
  }

  endedEarly(endedOn: string, version: number, isAttributable = false): OutgoingMessage {
    return this.of(assignmentEndedEarly, version, { endedOn, ...cause(isAttributable) });
  }

  private of(declaration: Message, aggregateVersion: number, more: Record<string, unknown>): OutgoingMessage {
    const { assignmentId, partnershipIds } = this.data;
    // Parsed: only what the declaration knows is sent, and all that it asks for.
    const data = declaration.data.parse({ assignmentId, partnershipIds, ...more });
    return declaration.of({ aggregateId: assignmentId, aggregateVersion, data });
  }
}

/** Sends what staffing tells about an assignment that departed; versions grow from 6. */
export class AssignmentChanges {
  constructor(private readonly world: FinanceWorld) {}

  extend(data: FundingData, to: string, version = 6): Promise<string> {
    return this.world.app.publish(new AssignmentMessages(data).extensionRequested(to, version));
  }

  changeShare(data: FundingData, { from, percent }: { from: string; percent: number }, version = 6): Promise<string> {
    return this.world.app.publish(new AssignmentMessages(data).shareChangeRequested(from, percent, version));
  }

  changeTerms(data: FundingData, { from, terms }: TermsChange, version = 6): Promise<string> {
    return this.world.app.publish(new AssignmentMessages(data).termsChangeRequested(from, terms, version));
  }

  interrupt(data: FundingData, on: string, version = 6): Promise<string> {
    return this.world.app.publish(new AssignmentMessages(data).interrupted(on, version));
  }

  resume(data: FundingData, span: { interruptedOn: string; resumedOn: string }, version = 7): Promise<string> {
    return this.world.app.publish(new AssignmentMessages(data).resumed(span.interruptedOn, span.resumedOn, version));
  }

  endEarly(data: FundingData, on: string, version = 8): Promise<string> {
    return this.world.app.publish(new AssignmentMessages(data).endedEarly(on, version));
  }
}
