import type { CommitmentStatus } from '#contracts/finance';
import type { TagTone } from '../../ui/status-tag';

export const COMMITMENT_TONES: Readonly<Record<CommitmentStatus, TagTone>> = {
  RESERVED: 'warning',
  COMMITTED: 'success',
  RELEASED: 'neutral',
  REFUSED: 'danger',
  EXPIRED: 'neutral',
};
