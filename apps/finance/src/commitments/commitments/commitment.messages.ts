import { type IncomingMessage, type OutgoingMessage, toMoney } from '#contracts';
import type { assignmentExtensionRequested, assignmentShareChangeRequested } from '#contracts/staffing';
import {
  CHANGES_SHOWN,
  type CommitmentSummary,
  type CommitmentView,
  commitmentRecorded,
  type CostPlanView,
  type CoverRefusal,
  type CoverShortfall,
  fundCoverChangeGranted,
  fundCoverChangeRefused,
  fundCoverExtended,
  fundCoverExtensionRefused,
  fundCoverGranted,
  fundCoverRefused,
  fundCoverShareChanged,
  fundCoverShareChangeRefused,
} from '#contracts/finance';
import type { Columns } from '#database';
import type { Commitment } from './commitment.entity';

export interface CommitmentYearRow {
  readonly year: number;
  readonly amountMinor: bigint;
  readonly orderedMinor: bigint;
  readonly releasedMinor: bigint;
}

export interface Shortfall {
  readonly year: number;
  readonly missingMinor: bigint;
}

export function commitmentSummary(
  commitment: Columns<Commitment>,
  years: readonly CommitmentYearRow[],
): CommitmentSummary {
  const { currency } = commitment;
  return {
    id: commitment.id,
    version: commitment.version,
    assignmentId: commitment.assignmentId,
    attempt: commitment.attempt,
    fundId: commitment.fundId,
    instrument: commitment.instrument,
    expertId: commitment.expertId,
    employerMunicipalityId: commitment.employerMunicipalityId,
    period: { from: commitment.periodFrom, to: commitment.periodTo },
    status: commitment.status,
    refusal: commitment.refusal,
    currency,
    total: toMoney(commitment.totalMinor, currency),
    byYear: years.map((year) => ({
      year: year.year,
      amount: toMoney(year.amountMinor, currency),
      released: toMoney(year.releasedMinor, currency),
      open: toMoney(year.amountMinor - year.orderedMinor - year.releasedMinor, currency),
    })),
    coverShortfall: commitment.coverShortfall,
    expiresAt: commitment.expiresAt?.toISOString() ?? null,
    createdAt: commitment.createdAt.toISOString(),
  };
}

export function commitmentView(
  commitment: Columns<Commitment>,
  years: readonly CommitmentYearRow[],
  plan: CostPlanView | null,
): CommitmentView {
  return { ...commitmentSummary(commitment, years), plan: plan && planView(plan) };
}

function planView({ changes, ...plan }: CostPlanView): CostPlanView {
  if (!changes) return plan;
  const { interruptions, rateChanges, shareChanges, termsChanges } = changes;
  return {
    ...plan,
    changes: {
      ...changes,
      interruptions: interruptions.slice(-CHANGES_SHOWN),
      rateChanges: rateChanges.slice(-CHANGES_SHOWN),
      ...(shareChanges && { shareChanges: shareChanges.slice(-CHANGES_SHOWN) }),
      ...(termsChanges && { termsChanges: termsChanges.slice(-CHANGES_SHOWN) }),
    },
  };
}

/** Answers of one funding request carry its version, so that staffing can tell the answer to a later attempt. */
export function coverGranted(commitment: Commitment, plan: CostPlanView, requestVersion: number): OutgoingMessage {
  return fundCoverGranted.of({
    aggregateId: commitment.assignmentId,
    aggregateVersion: requestVersion,
    data: {
      assignmentId: commitment.assignmentId,
      commitmentId: commitment.id,
      fundId: commitment.fundId,
      total: plan.total,
      byYear: plan.byYear,
    },
  });
}

export function coverRefused(
  refused: { assignmentId: string; fundId: string; requestVersion: number; currency: string },
  reason: CoverRefusal,
  shortfalls: readonly Shortfall[],
): OutgoingMessage {
  return fundCoverRefused.of({
    aggregateId: refused.assignmentId,
    aggregateVersion: refused.requestVersion,
    data: {
      assignmentId: refused.assignmentId,
      fundId: refused.fundId,
      reason,
      shortfalls: missing(shortfalls, refused.currency),
    },
  });
}

/** Why a change that an assignment asked for is not covered. */
interface Refusal {
  readonly reason: CoverRefusal;
  readonly shortfalls: readonly Shortfall[];
}

export function coverExtended(
  request: IncomingMessage<typeof assignmentExtensionRequested>,
  commitment: Commitment,
  plan: CostPlanView,
): OutgoingMessage {
  const { period } = request.data;
  return fundCoverExtended.of({ ...answerTo(request), data: { ...granted(commitment, plan), period } });
}

export function coverExtensionRefused(
  request: IncomingMessage<typeof assignmentExtensionRequested>,
  commitment: Commitment | null,
  refusal: Refusal,
): OutgoingMessage {
  const { assignmentId, period } = request.data;
  return fundCoverExtensionRefused.of({
    ...answerTo(request),
    data: { assignmentId, period, ...refused(commitment, refusal) },
  });
}

export function coverShareChanged(
  request: IncomingMessage<typeof assignmentShareChangeRequested>,
  commitment: Commitment,
  plan: CostPlanView,
): OutgoingMessage {
  const { from, fullTimePercent } = request.data;
  return fundCoverShareChanged.of({
    ...answerTo(request),
    data: { ...granted(commitment, plan), from, fullTimePercent },
  });
}

export function coverShareChangeRefused(
  request: IncomingMessage<typeof assignmentShareChangeRequested>,
  commitment: Commitment | null,
  refusal: Refusal,
): OutgoingMessage {
  const { assignmentId, from, fullTimePercent } = request.data;
  return fundCoverShareChangeRefused.of({
    ...answerTo(request),
    data: { assignmentId, from, fullTimePercent, ...refused(commitment, refusal) },
  });
}

/** Answers carry the version of the assignment at which it asked. */
function answerTo({ aggregateVersion, data }: { aggregateVersion: number; data: { assignmentId: string } }) {
  return { aggregateId: data.assignmentId, aggregateVersion };
}

function granted({ assignmentId, id, fundId }: Commitment, { total, byYear }: CostPlanView) {
  return { assignmentId, commitmentId: id, fundId, total, byYear };
}

function refused(commitment: Commitment | null, { reason, shortfalls }: Refusal) {
  return {
    fundId: commitment?.fundId ?? null,
    reason,
    shortfalls: missing(shortfalls, commitment?.currency ?? 'EUR'),
  };
}

function missing(shortfalls: readonly Shortfall[], currency: string) {
  return shortfalls.map(({ year, missingMinor }) => ({ year, missing: toMoney(missingMinor, currency) }));
}

/** About the commitment, whose version grows with each: staffing keeps the newest. */
export function changeRefused(commitment: Commitment, shortfall: CoverShortfall): OutgoingMessage {
  const { id, version, assignmentId, fundId } = commitment;
  return fundCoverChangeRefused.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId, commitmentId: id, fundId, ...shortfall },
  });
}

export function changeGranted(commitment: Commitment, plan: CostPlanView): OutgoingMessage {
  const { id, version, assignmentId, fundId } = commitment;
  return fundCoverChangeGranted.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { assignmentId, commitmentId: id, fundId, total: plan.total, byYear: plan.byYear },
  });
}

/** The present state, of which others keep a copy. */
export function recordedCommitment(commitment: Commitment, years: readonly CommitmentYearRow[]): OutgoingMessage {
  const { id, version, assignmentId, fundId, status, periodFrom, periodTo, currency } = commitment;
  return commitmentRecorded.of({
    aggregateId: id,
    aggregateVersion: version,
    data: {
      commitmentId: id,
      assignmentId,
      fundId,
      status,
      period: { from: periodFrom, to: periodTo },
      byYear: years.map(({ year, amountMinor, releasedMinor }) => ({
        year,
        amount: toMoney(amountMinor - releasedMinor, currency),
      })),
    },
  });
}
