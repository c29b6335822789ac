import assert from 'node:assert/strict';
import type { OutgoingMessage } from '#contracts';
import {
  assignmentEndedEarly,
  assignmentExtensionRequested,
  assignmentInterrupted,
  assignmentResumed,
  assignmentShareChangeRequested,
} from '#contracts/staffing';
import type { Assignment } from './assignment.entity';
import { shareOn } from './plan-parts';

export function extensionRequestedMessage(assignment: Assignment): OutgoingMessage {
  const { id, version, partnershipIds, periodFrom, extensionRequestedTo } = assignment;
  assert(extensionRequestedTo, 'no extension was asked for');
  return assignmentExtensionRequested.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId: id, partnershipIds, period: { from: periodFrom, to: extensionRequestedTo } },
  });
}

/** Another share, or other terms: the share of that day stays then. */
export function changeRequestedMessage(assignment: Assignment): OutgoingMessage | undefined {
  const { id, version, partnershipIds, shareRequest, termsRequest } = assignment;
  const request = shareRequest ?? termsRequest;
  if (!request) return undefined;
  const { from } = request;
  const fullTimePercent =
    shareRequest?.fullTimePercent ?? shareOn(assignment.fullTimePercent, assignment.shareChanges, from);
  return assignmentShareChangeRequested.of({
    aggregateId: id,
    aggregateVersion: version,
    data: {
      assignmentId: id,
      partnershipIds,
      from,
      fullTimePercent,
      ...(termsRequest && { terms: termsRequest.terms }),
    },
  });
}

export function interruptedMessage(assignment: Assignment): OutgoingMessage {
  const { id, version, partnershipIds } = assignment;
  const { from, reason, attributableToExpert } = lastInterruption(assignment);
  return assignmentInterrupted.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId: id, partnershipIds, interruptedOn: from, reason, attributableToExpert },
  });
}

export function resumedMessage(assignment: Assignment): OutgoingMessage {
  const { id, version, partnershipIds } = assignment;
  const { from, to, reason, attributableToExpert } = lastInterruption(assignment);
  assert(to, 'still interrupted');
  return assignmentResumed.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId: id, partnershipIds, interruptedOn: from, resumedOn: to, reason, attributableToExpert },
  });
}

export function endedEarlyMessage(assignment: Assignment): OutgoingMessage {
  const { id, version, partnershipIds, endedOn, endReason, isEndAttributable } = assignment;
  assert(endedOn && endReason && isEndAttributable !== null, 'not ended early');
  return assignmentEndedEarly.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId: id, partnershipIds, endedOn, reason: endReason, attributableToExpert: isEndAttributable },
  });
}

function lastInterruption({ interruptions }: Assignment) {
  const last = interruptions.at(-1);
  assert(last, 'never interrupted');
  return last;
}
