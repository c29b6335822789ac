import type { ImportStatus, ImportVerdict } from '#contracts/partnership';
import type { z } from 'zod';
import type { TagTone } from '../ui/status-tag';

export const IMPORT_TONES: Readonly<Record<z.infer<typeof ImportStatus>, TagTone>> = {
  OPEN: 'info',
  DONE: 'success',
  DISCARDED: 'neutral',
};

export const VERDICT_TONES: Readonly<Record<ImportVerdict, TagTone>> = {
  READY: 'success',
  UNCHANGED: 'neutral',
  DUPLICATE: 'neutral',
  NEEDS_DECISION: 'warning',
  SKIPPED: 'neutral',
  MADE: 'success',
  LEFT_OUT: 'warning',
};
