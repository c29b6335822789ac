import type { BankAccountChangeStatus, BankEntryStatus, DismissalStatus, ScreeningOutcome } from '#contracts/finance';
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

export const CHANGE_TONES: Readonly<Record<BankAccountChangeStatus, TagTone>> = {
  PROPOSED: 'warning',
  CONFIRMED: 'info',
  EFFECTIVE: 'success',
  REJECTED: 'neutral',
};

export const OUTCOME_TONES: Readonly<Record<ScreeningOutcome, TagTone>> = {
  CLEAR: 'success',
  REVIEW: 'warning',
  BLOCK: 'danger',
};
