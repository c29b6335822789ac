import type { ProofCheck, ProofStatus } from '#contracts/finance';
import type { TagTone } from '../../ui/status-tag';

export const PROOF_TONES: Readonly<Record<ProofStatus, TagTone>> = {
  OPEN: 'warning',
  SUBMITTED: 'info',
  IN_CHECK: 'info',
  QUERIES: 'warning',
  ACCEPTED: 'success',
  ACCEPTED_WITH_CLAIM: 'success',
  REJECTED: 'danger',
};

export const VERDICT_TONES: Readonly<Record<ProofCheck['verdict'], TagTone>> = {
  PASSED: 'success',
  EXPLAINED: 'warning',
  FAILED: 'danger',
};
