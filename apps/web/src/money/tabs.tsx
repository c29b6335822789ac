import { listPaymentRuns, listSupplierInvoices, listTravelClaims } from '#contracts/finance';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { Tabs } from '../ui/tabs';
import { moneyTexts } from './texts';

/** The parts of the area, beside each other. */
export function MoneyTabs() {
  const { tabs } = useTexts(moneyTexts);
  const { roles } = useSession();
  return (
    <Tabs
      label={tabs.label}
      tabs={[
        { label: tabs.payouts, to: '/money/payouts' },
        ...(mayCall(listSupplierInvoices, roles) ? [{ label: tabs.invoices, to: '/money/invoices' }] : []),
        ...(mayCall(listTravelClaims, roles) ? [{ label: tabs.travel, to: '/money/travel' }] : []),
        ...(mayCall(listPaymentRuns, roles) ? [{ label: tabs.runs, to: '/money/runs' }] : []),
      ]}
    />
  );
}
