import {
  confirmFinanceRuleProposal,
  getFinanceRuleProposal,
  listFinanceRuleProposalActions,
  listFinanceRuleProposals,
  listFinanceRules,
  proposeFinanceRule,
  rejectFinanceRuleProposal,
} from '#contracts/finance';
import {
  confirmPartnershipRuleProposal,
  getPartnershipRuleProposal,
  listPartnershipRuleProposalActions,
  listPartnershipRuleProposals,
  listPartnershipRules,
  proposePartnershipRule,
  rejectPartnershipRuleProposal,
} from '#contracts/partnership';
import {
  confirmStaffingRuleProposal,
  getStaffingRuleProposal,
  listStaffingRuleProposalActions,
  listStaffingRuleProposals,
  listStaffingRules,
  proposeStaffingRule,
  rejectStaffingRuleProposal,
} from '#contracts/staffing';

const finance = {
  list: listFinanceRules,
  propose: proposeFinanceRule,
  confirm: confirmFinanceRuleProposal,
  reject: rejectFinanceRuleProposal,
  get: getFinanceRuleProposal,
  listProposals: listFinanceRuleProposals,
  actions: listFinanceRuleProposalActions,
};
type Desk = typeof finance;

/** The services that own rules. Their operations differ by address alone: one type serves them all. */
export const DESKS: Readonly<Record<'finance' | 'staffing' | 'partnership', Desk>> = {
  finance,
  staffing: {
    list: listStaffingRules,
    propose: proposeStaffingRule,
    confirm: confirmStaffingRuleProposal,
    reject: rejectStaffingRuleProposal,
    get: getStaffingRuleProposal,
    listProposals: listStaffingRuleProposals,
    actions: listStaffingRuleProposalActions,
  },
  partnership: {
    list: listPartnershipRules,
    propose: proposePartnershipRule,
    confirm: confirmPartnershipRuleProposal,
    reject: rejectPartnershipRuleProposal,
    get: getPartnershipRuleProposal,
    listProposals: listPartnershipRuleProposals,
    actions: listPartnershipRuleProposalActions,
  },
};
export type RuleService = keyof typeof DESKS;

export function ruleServiceOf(name: string | null | undefined): RuleService {
  return (Object.keys(DESKS) as RuleService[]).find((each) => each === name) ?? 'finance';
}
