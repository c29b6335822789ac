import type { ClaimStatus } from '#contracts/finance';
import type { TagTone } from '../../ui/status-tag';

export const CLAIM_TONES: Readonly<Record<ClaimStatus, TagTone>> = {
  DRAFT: 'neutral',
  HEARING: 'info',
  DECIDED: 'info',
  OBJECTED: 'warning',
  DUE: 'warning',
  DEFERRED: 'info',
  PAID: 'success',
  WAIVED: 'neutral',
  WRITTEN_OFF: 'neutral',
};

/** Which step comes next on the way draft, hearing, decision, due, payment. */
export const CLAIM_STEPS: Readonly<Record<ClaimStatus, number | undefined>> = {
  DRAFT: 1,
  HEARING: 2,
  DECIDED: 3,
  OBJECTED: 3,
  DUE: 4,
  DEFERRED: 4,
  PAID: 5,
  WAIVED: undefined,
  WRITTEN_OFF: undefined,
};
