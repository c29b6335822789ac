import type { PaymentRunStatus, PayoutStatus } from '#contracts/finance';
import type { TagTone } from '../ui/status-tag';

export const PAYOUT_TONES: Readonly<Record<PayoutStatus, TagTone>> = {
  PLANNED: 'neutral',
  DUE: 'warning',
  FACTUALLY_CHECKED: 'info',
  ARITHMETICALLY_CHECKED: 'info',
  ORDERED: 'info',
  IN_RUN: 'info',
  SENT: 'info',
  BOOKED: 'success',
  REJECTED: 'danger',
  RETURNED: 'danger',
  BLOCKED: 'danger',
  CANCELLED: 'neutral',
};

export const RUN_TONES: Readonly<Record<PaymentRunStatus, TagTone>> = {
  CREATED: 'warning',
  SENT: 'info',
  SETTLING: 'info',
  BOOKED: 'success',
  REJECTED: 'danger',
  CANCELLED: 'neutral',
};
