import type { Operation } from '#contracts';
import {
  listClaims,
  listCommitments,
  listDrawdowns,
  listExchangeRates,
  listFinanceRules,
  listFunds,
  listProofsOfUse,
  verifyJournal,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { Tabs } from '../ui/tabs';
import { fundsTexts } from './texts';
import type { FundsTexts } from './texts/de';

const TABS: readonly { to: string; name: keyof FundsTexts['tabs']; operation: Operation; isWhole?: boolean }[] = [
  { to: '/funds', name: 'funds', operation: listFunds, isWhole: true },
  { to: '/funds/commitments', name: 'commitments', operation: listCommitments },
  { to: '/funds/drawdowns', name: 'drawdowns', operation: listDrawdowns },
  { to: '/funds/claims', name: 'claims', operation: listClaims },
  { to: '/funds/proofs', name: 'proofs', operation: listProofsOfUse },
  { to: '/funds/rates', name: 'rates', operation: listExchangeRates },
  { to: '/funds/rules', name: 'rules', operation: listFinanceRules },
  { to: '/funds/verification', name: 'verification', operation: verifyJournal },
];

/** The parts of the area that a person may read. Who reads no fund comes for the proofs alone and needs no tabs. */
export function AreaTabs() {
  const { tabs } = useTexts(fundsTexts);
  const { roles } = useSession();
  if (!mayCall(listFunds, roles)) return null;
  return (
    <Tabs
      label={tabs.label}
      tabs={TABS.filter(({ operation }) => mayCall(operation, roles)).map(({ name, ...tab }) => ({
        ...tab,
        label: tabs[name],
      }))}
    />
  );
}
