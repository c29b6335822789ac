import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { listPayouts, orderPayouts, type PayoutView } from '#contracts/finance';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { CaseNumberFilter, ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { OrderMany } from './order-many';
import { PayoutTable } from './payout-table';
import { MoneyTabs } from './tabs';
import { moneyTexts } from './texts';
import { firstFilterOf, isPaid } from './waiting';

const FILTERS = listPayouts.request.pick({
  caseNumber: true,
  status: true,
  fundId: true,
  assignmentId: true,
  paymentRunId: true,
  cursor: true,
});

/** The work list of the four acts: what is due, what comes next with it, and several at once for whoever orders. */
export function PayoutsPage() {
  const { payouts: t } = useTexts(moneyTexts);
  const { words } = useTexts(common);
  const session = useSession();
  const { roles } = session;
  const [parameters] = useSearchParams();
  const filters = parametersOf(FILTERS, parameters);
  const query = useQuery(read(listPayouts, filters));
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const canOrder = mayCall(orderPayouts, roles) && filters.status?.join() === 'ARITHMETICALLY_CHECKED';
  const items: readonly PayoutView[] = query.data?.items ?? [];
  return (
    <Page title={t.title}>
      <MoneyTabs />
      <Filters>
        <CaseNumberFilter />
        <ChoiceFilter
          name="status"
          label={t.status}
          choices={[
            { value: firstFilterOf(session), label: isPaid(session) ? t.coming : t.waiting },
            ...choicesOf(words.payoutStatus),
          ]}
        />
      </Filters>
      {canOrder && <OrderMany payouts={items} chosen={chosen} onChoose={choose} />}
      <PayoutTable query={query} empty={t.empty} selection={canOrder ? { chosen, choose } : undefined} />
    </Page>
  );
}
