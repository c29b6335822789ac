import { ruleOperations } from '../rule.operations';

export const {
  list: listStaffingRules,
  propose: proposeStaffingRule,
  confirm: confirmStaffingRuleProposal,
  reject: rejectStaffingRuleProposal,
  get: getStaffingRuleProposal,
  listProposals: listStaffingRuleProposals,
  actions: listStaffingRuleProposalActions,
} = ruleOperations('staffing');
