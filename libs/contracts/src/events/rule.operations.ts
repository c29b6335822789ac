import { ruleOperations } from '../rule.operations';

export const {
  list: listEventsRules,
  propose: proposeEventsRule,
  confirm: confirmEventsRuleProposal,
  reject: rejectEventsRuleProposal,
  get: getEventsRuleProposal,
  listProposals: listEventsRuleProposals,
  actions: listEventsRuleProposalActions,
} = ruleOperations('events');
