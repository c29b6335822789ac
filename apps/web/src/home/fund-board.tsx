import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type FundBalancesView, type FundView, getFundBalances, listFunds } from '#contracts/finance';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { thisYear } from '../ui/calendar';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { sumOf } from '../ui/sum-of';
import { Table } from '../ui/table';
import { Money } from '../ui/values';
import { homeTexts } from './texts';

const FUNDS_MAX = 10;

/** For those who answer for the budget: what of this year's money is free, committed and paid, fund by fund. */
export function FundBoard() {
  const { board: t } = useTexts(homeTexts);
  const query = useQuery(read(listFunds, { limit: FUNDS_MAX }));
  return (
    <Section title={t.title(thisYear())}>
      <Loaded query={query}>
        {({ items }) => (items.length === 0 ? <p className="kern-body">{t.none}</p> : <Funds funds={items} />)}
      </Loaded>
    </Section>
  );
}

function Funds({ funds }: { readonly funds: readonly FundView[] }) {
  const { board: t } = useTexts(homeTexts);
  const answers = useQueries({ queries: funds.map(({ id }) => read(getFundBalances, { fundId: id })) });
  const rows = funds.map((fund, index) => ({
    fund,
    balance: answers[index]?.data?.years.find(({ year }) => year === thisYear()),
  }));
  return (
    <Table
      caption={t.title(thisYear())}
      rows={rows}
      keyOf={({ fund: { id } }) => id}
      columns={[
        {
          title: t.fund,
          isHeading: true,
          cell: ({ fund: { id, name } }) => (
            <Link className="kern-link" to={`/funds/${id}`}>
              {name}
            </Link>
          ),
        },
        { title: t.released, isNumeric: true, cell: ({ balance }) => <Amounts of={balance && [balance.released]} /> },
        { title: t.paid, isNumeric: true, cell: ({ balance }) => <Amounts of={balance && [balance.paid]} /> },
        {
          title: t.bound,
          isNumeric: true,
          cell: ({ balance }) => <Amounts of={balance && [balance.reserved, balance.committed, balance.payable]} />,
        },
        { title: t.free, isNumeric: true, cell: ({ balance }) => <Amounts of={balance && [balance.available]} /> },
      ]}
    />
  );
}

function Amounts({ of }: { readonly of: readonly FundBalancesView['total']['paid'][] | undefined }) {
  return of ? sumOf(of).map((sum) => <Money key={sum.currency} value={sum} />) : '–';
}
