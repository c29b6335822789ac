import type { ExpertRequestStatus } from '#contracts/staffing';
import type { TagTone } from '../ui/status-tag';

export const REQUEST_TONES: Readonly<Record<ExpertRequestStatus, TagTone>> = {
  DRAFT: 'neutral',
  SUBMITTED: 'info',
  FORMAL_CHECK: 'info',
  RETURNED: 'warning',
  REJECTED: 'danger',
  ASSESSMENT: 'info',
  RECOMMENDED: 'info',
  NOT_RECOMMENDED: 'warning',
  SELECTED: 'success',
  WAITLISTED: 'warning',
  DECLINED: 'danger',
  WITHDRAWN: 'neutral',
};
