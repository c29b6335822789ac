import { ruleOperations } from '../rule.operations';

export const {
  list: listPartnershipRules,
  propose: proposePartnershipRule,
  confirm: confirmPartnershipRuleProposal,
  reject: rejectPartnershipRuleProposal,
  get: getPartnershipRuleProposal,
  listProposals: listPartnershipRuleProposals,
  actions: listPartnershipRuleProposalActions,
} = ruleOperations('partnership');
