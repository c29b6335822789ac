import type { BankEntryStatus, DismissalStatus } from '#contracts/finance';
import type { TagTone } from '../ui/status-tag';

export const ENTRY_TONES: Readonly<Record<BankEntryStatus, TagTone>> = {
  UNMATCHED: 'warning',
  PARTLY_MATCHED: 'warning',
  MATCHED: 'success',
  DUPLICATE: 'neutral',
  DISMISSED: 'neutral',
};

export const DISMISSAL_TONES: Readonly<Record<DismissalStatus, TagTone>> = {
  PROPOSED: 'warning',
  CONFIRMED: 'success',
  REJECTED: 'danger',
  REVOKED: 'neutral',
};
