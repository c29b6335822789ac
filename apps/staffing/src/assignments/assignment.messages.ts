import assert from 'node:assert/strict';
import type { OutgoingMessage } from '#contracts';
import {
  assignmentCancelled,
  assignmentCompleted,
  assignmentConfirmed,
  assignmentDeparted,
  assignmentFundingRequested,
  type AssignmentSummary,
  type AssignmentView,
  NOTES_SHOWN,
} from '#contracts/staffing';
import { CHANGES_SHOWN } from '#contracts/finance';
import type { Columns } from '#database';
import type { Call } from '#platform';
import type { Assignment } from './assignment.entity';

export type AssignmentRow = Omit<Columns<Assignment>, 'isWaitingForCover' | 'period'>;

/** What a list does not show of an assignment. */
export const LONG_COLUMNS = ['partnerNote', 'interruptions', 'cancellationReason', 'notes'] as const;
export type AssignmentListRow = Omit<AssignmentRow, (typeof LONG_COLUMNS)[number]>;

export function assignmentView(row: AssignmentRow, call: Call): AssignmentView {
  const { partnerDecision, partnerDecidedAt, partnerNote } = row;
  return {
    ...assignmentSummary(row),
    partnerDecision:
      partnerDecision && partnerDecidedAt
        ? { outcome: partnerDecision, decidedAt: partnerDecidedAt.toISOString(), note: partnerNote }
        : null,
    interruptions: row.interruptions.slice(-CHANGES_SHOWN),
    cancellationReason: row.cancellationReason,
    // They may say of a person what only the fund's own people need to know.
    notes: call.scope === 'any' ? row.notes.slice(-NOTES_SHOWN) : null,
  };
}

export function assignmentSummary(row: AssignmentListRow): AssignmentSummary {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    expertRequestId: row.expertRequestId,
    partnershipIds: row.partnershipIds,
    expertId: row.expertId,
    employerMunicipalityId: row.employerMunicipalityId,
    instrument: row.instrument,
    fundId: row.fundId,
    period: { from: row.periodFrom, to: row.periodTo },
    fullTimePercent: row.fullTimePercent,
    costInputs: row.costInputs,
    commitmentId: row.commitmentId,
    fundingRefusal: row.fundingRefusal,
    coverShortfall: row.coverShortfall,
    preparationStartedOn: row.preparationStartedOn,
    departedOn: row.departedOn,
    endedOn: row.endedOn,
    extension: extensionView(row),
    earlyEnd:
      row.endReason === null ? null : { reason: row.endReason, attributableToExpert: row.isEndAttributable ?? false },
    createdAt: row.createdAt.toISOString(),
  };
}

function extensionView(row: AssignmentListRow): AssignmentView['extension'] {
  if (row.extensionRequestedTo !== null) {
    return { requestedTo: row.extensionRequestedTo, status: 'REQUESTED', refusal: null };
  }
  if (row.extensionRefusedTo === null) return null;
  return { requestedTo: row.extensionRefusedTo, status: 'REFUSED', refusal: row.extensionRefusal };
}

export function fundingRequestedMessage(assignment: Assignment): OutgoingMessage {
  return assignmentFundingRequested.of({
    aggregateId: assignment.id,
    aggregateVersion: assignment.version,
    data: {
      assignmentId: assignment.id,
      partnershipIds: assignment.partnershipIds,
      fundId: assignment.fundId,
      expertId: assignment.expertId,
      employerMunicipalityId: assignment.employerMunicipalityId,
      instrument: assignment.instrument,
      period: { from: assignment.periodFrom, to: assignment.periodTo },
      costInputs: assignment.costInputs,
    },
  });
}

export function confirmedMessage(assignment: Assignment): OutgoingMessage {
  return assignmentConfirmed.of({
    aggregateId: assignment.id,
    aggregateVersion: assignment.version,
    data: {
      assignmentId: assignment.id,
      partnershipIds: assignment.partnershipIds,
      instrument: assignment.instrument,
      expertId: assignment.expertId,
      employerMunicipalityId: assignment.employerMunicipalityId,
      period: { from: assignment.periodFrom, to: assignment.periodTo },
    },
  });
}

export function departedMessage(assignment: Assignment): OutgoingMessage {
  const { id, version, partnershipIds, departedOn } = assignment;
  assert(departedOn, 'departed without a day');
  return assignmentDeparted.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId: id, partnershipIds, departedOn },
  });
}

export function completedMessage(assignment: Assignment): OutgoingMessage {
  const { id, version, partnershipIds, endedOn } = assignment;
  assert(endedOn, 'completed without a day');
  return assignmentCompleted.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId: id, partnershipIds, endedOn },
  });
}

export function cancelledMessage({ id, version }: Assignment): OutgoingMessage {
  return assignmentCancelled.of({ aggregateId: id, aggregateVersion: version, data: { assignmentId: id } });
}
