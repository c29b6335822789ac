import type { z } from 'zod';
import type { getFinanceRuleProposal } from '#contracts/finance';
import type { TagTone } from '../../ui/status-tag';

export type Proposal = z.output<typeof getFinanceRuleProposal.reply>;

export const PROPOSAL_TONES: Readonly<Record<Proposal['status'], TagTone>> = {
  PROPOSED: 'warning',
  CONFIRMED: 'success',
  REJECTED: 'neutral',
};
