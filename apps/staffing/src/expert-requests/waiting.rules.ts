import type { Side } from '#contracts/partnership';
import type { ExpertRequestStatus, Waiting } from '#contracts/staffing';

/** One side of one partnership: it signs a request once. */
export interface SideOfPartnership {
  readonly partnershipId: string;
  readonly side: Side;
}

export type SignedAt = SideOfPartnership & { readonly signedAt: Date };

/** What a request waits for, apart from the signatures of a draft; nothing once it is decided. */
const NEXT_ACT: Readonly<Partial<Record<ExpertRequestStatus, Pick<Waiting, 'act' | 'by'>>>> = {
  SUBMITTED: { act: 'FORMAL_CHECK', by: 'FUND' },
  FORMAL_CHECK: { act: 'FORMAL_CHECK', by: 'FUND' },
  RETURNED: { act: 'REVISION', by: 'APPLICANTS' },
  RECOMMENDED: { act: 'SELECTION', by: 'FUND' },
  NOT_RECOMMENDED: { act: 'SELECTION', by: 'FUND' },
  WAITLISTED: { act: 'SELECTION', by: 'FUND' },
};

/** The same for a list that filters: the states in which the fund must act. */
export const FUND_MUST_ACT: readonly ExpertRequestStatus[] = [
  ...(Object.keys(NEXT_ACT) as ExpertRequestStatus[]).filter((status) => NEXT_ACT[status]?.by === 'FUND'),
  'ASSESSMENT',
];

interface Waited {
  readonly status: ExpertRequestStatus;
  readonly partnershipIds: readonly string[];
  /** Since when the earliest of its next acts waits. */
  readonly waitingSince: Date;
  readonly areAllReviewersIn: boolean;
}

/** Whose act comes next and since when, so that the silence of one side is seen by the other one and by the fund. */
export function waitingFor(request: Waited, signatures: readonly SignedAt[]): Waiting[] {
  const { status, waitingSince, areAllReviewersIn } = request;
  const since = waitingSince.toISOString();
  if (status === 'DRAFT') {
    const open = openSignatures(request, signatures);
    if (open.length === 0) return [{ act: 'SUBMISSION', by: 'APPLICANTS', partnershipId: null, since }];
    return open.map(({ partnershipId, side, since: at }) => ({
      act: 'SIGNATURE',
      by: side,
      partnershipId,
      since: at.toISOString(),
    }));
  }
  if (status === 'ASSESSMENT') {
    return [{ act: areAllReviewersIn ? 'RECOMMENDATION' : 'ASSESSMENT', by: 'FUND', partnershipId: null, since }];
  }
  const next = NEXT_ACT[status];
  return next ? [{ ...next, partnershipId: null, since }] : [];
}

/** The sides that have not signed yet. */
export function openSides(
  partnershipIds: readonly string[],
  signatures: readonly SideOfPartnership[],
): SideOfPartnership[] {
  return partnershipIds.flatMap((partnershipId) =>
    (['DE', 'PARTNER'] as const)
      .filter((side) => !signatures.some((given) => given.partnershipId === partnershipId && given.side === side))
      .map((side) => ({ partnershipId, side })),
  );
}

/** Since when the earliest of the next acts of a draft waits, once somebody has signed. */
export function waitingSinceAfter(
  request: Pick<Waited, 'partnershipIds' | 'waitingSince'>,
  signatures: readonly SignedAt[],
  signedAt: Date,
): Date {
  const instants = openSignatures(request, signatures).map(({ since }) => since.getTime());
  return instants.length > 0 ? new Date(Math.min(...instants)) : signedAt;
}

/** A side waits for the other one since that one signed; while neither has, both are asked since the draft is as it is. */
function openSignatures(
  { partnershipIds, waitingSince }: Pick<Waited, 'partnershipIds' | 'waitingSince'>,
  signatures: readonly SignedAt[],
): (SideOfPartnership & { since: Date })[] {
  return openSides(partnershipIds, signatures).map((open) => {
    const other = signatures.find(({ partnershipId }) => partnershipId === open.partnershipId);
    return { ...open, since: other?.signedAt ?? waitingSince };
  });
}
