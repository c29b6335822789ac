import {
  listAllBankAccountChanges,
  listBankEntries,
  listBankEntryDismissals,
  listBankMessages,
  listFunds,
  listPaymentAnswers,
  listPayoutFeedReceipts,
  listPayoutReturns,
  listScreenings,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { Tabs } from '../ui/tabs';
import { bankTexts } from './texts';
import { WORK_LIST } from './work-list';

/** The parts of the area, beside each other. */
export function BankTabs() {
  const { tabs: t } = useTexts(bankTexts);
  const { roles } = useSession();
  const tabs = [
    { label: t.entries, to: WORK_LIST, list: listBankEntries },
    { label: t.dismissals, to: '/bank/dismissals?status=PROPOSED', list: listBankEntryDismissals },
    { label: t.answers, to: '/bank/answers?state=OPEN,PROPOSED', list: listPaymentAnswers },
    { label: t.messages, to: '/bank/messages', list: listBankMessages },
    { label: t.reconciliation, to: '/bank/reconciliation', list: listFunds },
    { label: t.returned, to: '/bank/returned?isSettled=false', list: listPayoutReturns },
    { label: t.accounts, to: '/bank/account-changes?status=PROPOSED', list: listAllBankAccountChanges },
    { label: t.names, to: '/bank/hits?outcome=REVIEW', list: listScreenings },
    { label: t.feed, to: '/bank/feed', list: listPayoutFeedReceipts },
  ];
  return <Tabs label={t.label} tabs={tabs.filter(({ list }) => mayCall(list, roles))} />;
}
