import type { FundingStatus, ProjectStatus } from '#contracts/partnership';
import type { TagTone } from '../ui/status-tag';

export const PROJECT_TONES: Readonly<Record<ProjectStatus, TagTone>> = {
  PREPARING: 'info',
  IN_REVIEW: 'info',
  ON_HOLD: 'warning',
  ABANDONED: 'neutral',
  HANDED_OVER: 'success',
  COMPLETED: 'success',
};

export const FUNDING_TONES: Readonly<Record<FundingStatus, TagTone>> = {
  IDENTIFIED: 'neutral',
  IN_TALKS: 'info',
  COMMITTED: 'success',
  SIGNED: 'success',
  LOST: 'warning',
};
