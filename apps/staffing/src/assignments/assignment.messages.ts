import assert from 'node:assert/strict';
import type { OutgoingMessage } from '#contracts';
import {
  assignmentCancelled,
  assignmentCompleted,
  assignmentConfirmed,
  assignmentDecisionLapsed,
  assignmentDeparted,
  assignmentFundingRequested,
  type AssignmentSummary,
  type AssignmentView,
  NOTES_SHOWN,
} from '#contracts/staffing';
import { CHANGES_SHOWN } from '#contracts/finance';
import type { Columns } from '#database';
import type { Call } from '#platform';
import { shownChecks } from '../eligibility/eligibility-check';
import type { LapsedDecision } from './assignment-columns.entity';
import type { Assignment } from './assignment.entity';

export type AssignmentRow = Omit<Columns<Assignment>, 'isWaitingForCover' | 'period'>;

/** What a list does not show of an assignment. */
export const LONG_COLUMNS = [
  'partnerNote',
  'lapsedDecision',
  'expertConsentEvidence',
  'shareChanges',
  'termsChanges',
  'interruptions',
  'cancellationReason',
  'notes',
  'eligibilityChecks',
] as const;
export type AssignmentListRow = Omit<AssignmentRow, (typeof LONG_COLUMNS)[number]>;

export function assignmentView(
  row: AssignmentRow,
  call: Call,
  candidate: AssignmentView['candidate'] = null,
): AssignmentView {
  const { partnerDecision, partnerDecidedAt, partnerNote } = row;
  return {
    ...assignmentSummary(row),
    partnerDecision:
      partnerDecision && partnerDecidedAt
        ? { outcome: partnerDecision, decidedAt: partnerDecidedAt.toISOString(), note: partnerNote }
        : null,
    lapsedDecision: row.lapsedDecision && lapsedDecisionView(row.lapsedDecision),
    candidate,
    expertConsent: row.expertConsentAt && {
      givenAt: row.expertConsentAt.toISOString(),
      evidence: row.expertConsentEvidence,
    },
    shareChanges: row.shareChanges.slice(-CHANGES_SHOWN),
    termsChanges: row.termsChanges.slice(-CHANGES_SHOWN),
    interruptions: row.interruptions.slice(-CHANGES_SHOWN),
    cancellationReason: row.cancellationReason,
    eligibilityChecks: shownChecks(row.eligibilityChecks, call.scope),
    // They may say of a person what only the fund's own people need to know.
    notes: call.scope === 'any' ? row.notes.slice(-NOTES_SHOWN) : null,
  };
}

export function assignmentSummary(row: AssignmentListRow): AssignmentSummary {
  return {
    id: row.id,
    version: row.version,
    caseNumber: row.caseNumber,
    status: row.status,
    expertRequestId: row.expertRequestId,
    partnershipIds: row.partnershipIds,
    expertId: row.expertId,
    employerMunicipalityId: row.employerMunicipalityId,
    instrument: row.instrument,
    fundId: row.fundId,
    period: { from: row.periodFrom, to: row.periodTo },
    fullTimePercent: row.fullTimePercent,
    shareRequest: shareRequestView(row),
    termsRequest: termsRequestView(row),
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

function lapsedDecisionView({ decidedAt, lapsedAt, changed }: LapsedDecision): AssignmentView['lapsedDecision'] {
  return { decidedAt, lapsedAt, changed };
}

function shareRequestView({ shareRequest, shareRefusal }: AssignmentListRow): AssignmentSummary['shareRequest'] {
  if (shareRequest) {
    const { version: _, ...asked } = shareRequest;
    return { ...asked, status: 'REQUESTED', refusal: null };
  }
  return shareRefusal && { ...shareRefusal, status: 'REFUSED' };
}

function termsRequestView({ termsRequest, termsRefusal }: AssignmentListRow): AssignmentSummary['termsRequest'] {
  if (termsRequest) {
    const { version: _, ...asked } = termsRequest;
    return { ...asked, status: 'REQUESTED', refusal: null };
  }
  return termsRefusal && { ...termsRefusal, status: 'REFUSED' };
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
      fullTimePercent: assignment.fullTimePercent,
      costInputs: assignment.costInputs,
    },
  });
}

/** Of the act that made the acceptance fall; undefined of any other. */
export function decisionLapsedMessage(assignment: Assignment): OutgoingMessage | undefined {
  const { id, version, partnershipIds, employerMunicipalityId, lapsedDecision } = assignment;
  if (lapsedDecision?.version !== version) return undefined;
  return assignmentDecisionLapsed.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId: id, partnershipIds, employerMunicipalityId, changed: lapsedDecision.changed },
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
