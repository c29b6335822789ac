import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listPayoutReturns } from '#contracts/finance';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { ChoiceFilter, Filters } from '../ui/filters';
import { RowKeys } from '../ui/keys';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { Day, Money } from '../ui/values';
import { usePayoutNames } from './payout-names';
import { BankTabs } from './tabs';
import { checkTexts } from './texts';

const FILTERS = listPayoutReturns.request.pick({ isSettled: true, fundId: true, cursor: true });

/** Money that the bank did not take or that came back: each waits until it is paid again or given back. */
export function ReturnsPage() {
  const { returns: t } = useTexts(checkTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listPayoutReturns, parametersOf(FILTERS, parameters)));
  const nameOf = usePayoutNames(query.data?.items ?? []);
  const { columns } = t;
  return (
    <Page title={t.title}>
      <BankTabs />
      <Filters>
        <ChoiceFilter
          name="isSettled"
          label={t.state}
          choices={[
            { value: 'false', label: t.open },
            { value: 'true', label: t.settled },
          ]}
        />
      </Filters>
      <RowKeys />
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.payout,
            isHeading: true,
            cell: (each) => (
              <Link className="kern-link" to={`/bank/returned/${each.id}`}>
                {nameOf(each)}
              </Link>
            ),
          },
          {
            title: columns.state,
            cell: ({ settlement }) =>
              settlement ? (
                <StatusTag tone="success">{t.settlements[settlement.as]}</StatusTag>
              ) : (
                <StatusTag tone="warning">{t.open}</StatusTag>
              ),
          },
          { title: columns.kind, cell: ({ kind }) => t.kinds[kind] },
          { title: columns.on, cell: ({ occurredOn }) => <Day value={occurredOn} /> },
          { title: columns.reason, cell: ({ reason }) => reason ?? '–' },
          { title: columns.paid, isNumeric: true, cell: ({ paid }) => <Money value={paid} /> },
          { title: columns.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
    </Page>
  );
}
