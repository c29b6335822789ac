import { listFinanceRuleProposals } from '#contracts/finance';
import { mayCall } from '../../api/may';
import { useSession } from '../../api/use-session';
import { useTexts } from '../../i18n/texts';
import { Tabs } from '../../ui/tabs';
import { ruleTexts } from './texts';

export function RuleTabs() {
  const { tabs } = useTexts(ruleTexts);
  const { roles } = useSession();
  if (!mayCall(listFinanceRuleProposals, roles)) return null;
  return (
    <Tabs
      label={tabs.label}
      tabs={[
        { to: '/funds/rules', label: tabs.rules, isWhole: true },
        { to: '/funds/rules/proposals', label: tabs.proposals },
      ]}
    />
  );
}
