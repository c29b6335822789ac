import assert from 'node:assert/strict';
import type { OutgoingMessage, Scope } from '#contracts';
import {
  ASSESSMENTS_SHOWN,
  type ExpertRequestSummary,
  type ExpertRequestView,
  expertRequestSelected,
  expertRequestSubmitted,
} from '#contracts/staffing';
import type { Columns } from '#database';
import { hundredths, summarise, type WeightedScore } from './assessment';
import type { ExpertRequest, Signature } from './expert-request.entity';

/** What a list does not show of a request. */
export const LONG_COLUMNS = ['situation', 'goal', 'tasks', 'formalCheckNote', 'decisionNote', 'eligibility'] as const;

/** A request as a list selects it; instants inside JSON come as text. */
export type ExpertRequestListRow = Omit<Columns<ExpertRequest>, (typeof LONG_COLUMNS)[number]> & {
  signatures: (Signature & { signedAt: string })[];
};

/** A request with what hangs on it, as the reader selects it. */
export type ExpertRequestRow = Columns<ExpertRequest> & {
  signatures: (Signature & { signedAt: string })[];
  assessments: {
    id: string;
    reviewer: string;
    scores: WeightedScore[];
    totalHundredths: number;
    note: string | null;
    assessedAt: string;
  }[];
};

/** Outside users do not see the reviewers' scores: they are the fund's own deliberation. */
export function expertRequestView(row: ExpertRequestRow, scope: Scope): ExpertRequestView {
  return {
    ...expertRequestSummary(row),
    situation: row.situation,
    goal: row.goal,
    tasks: row.tasks,
    eligibility: row.eligibility,
    formalCheckNote: row.formalCheckNote,
    assessment: scope === 'own' || row.assessments.length === 0 ? null : assessmentSummary(row),
    decisionNote: row.decisionNote,
  };
}

export function expertRequestSummary(row: ExpertRequestListRow): ExpertRequestSummary {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    partnershipIds: row.partnershipIds,
    title: row.title,
    fieldsOfAction: row.fieldsOfAction,
    desiredPeriod: { from: row.desiredFrom, to: row.desiredTo },
    preferredInstrument: row.preferredInstrument,
    placeOfWorkMunicipalityId: row.placeOfWorkMunicipalityId,
    numberOfExperts: row.numberOfExperts,
    signatures: row.signatures.map(({ partnershipId, side, municipalityId, signedAt }) => ({
      partnershipId,
      side,
      municipalityId,
      signedAt: instant(signedAt),
    })),
    instrument: row.instrument,
    createdAt: row.createdAt.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
  };
}

function assessmentSummary({ assessments }: ExpertRequestRow): ExpertRequestView['assessment'] {
  return {
    ...summarise(assessments),
    assessments: assessments.slice(0, ASSESSMENTS_SHOWN).map(({ totalHundredths, assessedAt, ...assessment }) => ({
      ...assessment,
      total: hundredths(totalHundredths),
      assessedAt: instant(assessedAt),
    })),
  };
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
