import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { OutgoingMessage } from '#contracts';
import {
  ASSESSMENT_READERS,
  ASSESSMENTS_SHOWN,
  type ExpertRequestSummary,
  type ExpertRequestView,
  expertRequestSelected,
  expertRequestSubmitted,
  REVIEWERS,
} from '#contracts/staffing';
import type { Columns } from '#database';
import type { Call } from '#platform';
import { shownChecks } from '../eligibility/eligibility-check';
import { hundredths, summarise, type WeightedScore } from './assessment';
import { areAllIn, type ExpertRequest, type ExpertRequestContent, type Signature } from './expert-request.entity';
import { waitingFor } from './waiting.rules';

/** What a list does not show of a request. */
export const LONG_COLUMNS = [
  'situation',
  'goal',
  'tasks',
  'formalCheckNote',
  'formalCheckReason',
  'correction',
  'decisionNote',
  'decisionReason',
  'eligibility',
  'eligibilityChecks',
  'invitedPartnershipIds',
] as const;

type SignatureRow = Signature & { signedAt: string };

/** A request as a list selects it; instants inside JSON come as text. */
export type ExpertRequestListRow = Omit<RequestRow, (typeof LONG_COLUMNS)[number]>;

type RequestRow = Omit<Columns<ExpertRequest>, 'areAllReviewersIn' | 'joinedPartnershipIds'> & {
  signatures: SignatureRow[];
};

/** A request with what hangs on it, as the reader selects it. */
export type ExpertRequestRow = RequestRow & {
  assessments: {
    id: string;
    reviewer: string;
    scores: WeightedScore[];
    totalHundredths: number;
    note: string | null;
    assessedAt: string;
    revision: number;
    correctionReason: string | null;
  }[];
};

/** What of it is the fund's own is declared in the contract, and left out for others at the door of the service. */
export function expertRequestView(row: ExpertRequestRow, { caller, scope }: Call): ExpertRequestView {
  return {
    ...expertRequestSummary(row),
    situation: row.situation,
    goal: row.goal,
    tasks: row.tasks,
    eligibility: row.eligibility,
    eligibilityChecks: shownChecks(row.eligibilityChecks, scope),
    invitedPartnershipIds: row.invitedPartnershipIds,
    formalCheckNote: row.formalCheckNote,
    formalCheckReason: row.formalCheckReason,
    correction: correctionView(row),
    assessment: assessmentSummary(row, caller),
    recommendedBy: row.recommendedBy,
    selectedBy: row.selectedBy,
    decisionNote: row.decisionNote,
    decisionReason: row.decisionReason,
  };
}

export function expertRequestSummary(row: ExpertRequestListRow): ExpertRequestSummary {
  const signatures = row.signatures.map(({ signedAt, ...signature }) => ({
    ...signature,
    signedAt: new Date(signedAt),
  }));
  return {
    id: row.id,
    version: row.version,
    caseNumber: row.caseNumber,
    status: row.status,
    partnershipIds: row.partnershipIds,
    title: row.title,
    fieldsOfAction: row.fieldsOfAction,
    desiredPeriod: { from: row.desiredFrom, to: row.desiredTo },
    preferredInstrument: row.preferredInstrument,
    placeOfWorkMunicipalityId: row.placeOfWorkMunicipalityId,
    numberOfExperts: row.numberOfExperts,
    signatures: signatures.map(({ signedAt, ...signature }) => ({ ...signature, signedAt: signedAt.toISOString() })),
    waitingFor: waitingFor({ ...row, areAllReviewersIn: areAllIn(row.reviewedBy) }, signatures),
    instrument: row.instrument,
    selectedAlone: row.selectedAlone,
    createdAt: row.createdAt.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
  };
}

/** Before all are in everybody sees the own assessment only: a score that is known is no independent one. */
function assessmentSummary(
  { assessments, reviewedBy }: ExpertRequestRow,
  { subject, roles }: Call['caller'],
): ExpertRequestView['assessment'] {
  if (assessments.length === 0 || !roles.some((role) => ASSESSMENT_READERS.includes(role))) return null;
  const isComplete = areAllIn(reviewedBy);
  const shown = isComplete ? assessments : assessments.filter(({ reviewer }) => reviewer === subject);
  return {
    reviewersIn: reviewedBy.length,
    reviewersNeeded: REVIEWERS,
    ...(isComplete ? summarise(assessments) : { mean: null, spread: null, spreadByCriterion: [] }),
    assessments: shown.slice(0, ASSESSMENTS_SHOWN).map(({ totalHundredths, assessedAt, ...assessment }) => ({
      ...assessment,
      total: hundredths(totalHundredths),
      assessedAt: instant(assessedAt),
    })),
  };
}

type Before = NonNullable<ExpertRequestView['correction']>['before'];

/** Of the content before, what is different now. */
function correctionView(row: ExpertRequestRow): ExpertRequestView['correction'] {
  if (!row.correction) return null;
  const { reason, correctedAt, before } = row.correction;
  const now = new Map<string, unknown>(Object.entries(contentView(row)));
  const changed = Object.entries(contentView(before)).filter(
    ([name, value]) => !isDeepStrictEqual(now.get(name), value),
  );
  return { reason, correctedAt, before: Object.fromEntries(changed) };
}

function contentView(content: ExpertRequestContent): Required<Before> {
  const { desiredFrom, desiredTo, partnershipIds, title, situation, goal, tasks, fieldsOfAction } = content;
  const { preferredInstrument, placeOfWorkMunicipalityId, numberOfExperts } = content;
  const wish = { fieldsOfAction, desiredPeriod: { from: desiredFrom, to: desiredTo }, preferredInstrument };
  return { partnershipIds, title, situation, goal, tasks, ...wish, placeOfWorkMunicipalityId, numberOfExperts };
}

function instant(text: string): string {
  return new Date(text).toISOString();
}

export function submittedMessage(request: ExpertRequest): OutgoingMessage {
  const evaluationIds = request.eligibility.map((evidence) => evidence.evaluationId);
  const [first] = evaluationIds;
  assert(first, 'submitted without evidence');
  return expertRequestSubmitted.of({
    aggregateId: request.id,
    aggregateVersion: request.version,
    data: {
      expertRequestId: request.id,
      partnershipIds: request.partnershipIds,
      eligibilityEvaluationId: first,
      eligibilityEvaluationIds: evaluationIds,
    },
  });
}

export function selectedMessage(request: ExpertRequest): OutgoingMessage {
  assert(request.instrument, 'selected without instrument');
  return expertRequestSelected.of({
    aggregateId: request.id,
    aggregateVersion: request.version,
    data: {
      expertRequestId: request.id,
      partnershipIds: request.partnershipIds,
      instrument: request.instrument,
    },
  });
}
