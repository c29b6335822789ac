import { ruleOperations } from '../rule.operations';

export const {
  list: listFinanceRules,
  propose: proposeFinanceRule,
  confirm: confirmFinanceRuleProposal,
  reject: rejectFinanceRuleProposal,
  get: getFinanceRuleProposal,
  listProposals: listFinanceRuleProposals,
  actions: listFinanceRuleProposalActions,
} = ruleOperations('finance');
