import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { createFund, type FundView, listFunds } from '#contracts/finance';
import { read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { CreateLink } from '../../ui/create-link';
import { List } from '../../ui/list';
import { Page } from '../../ui/page';
import { Money } from '../../ui/values';
import { AreaTabs } from '../area-tabs';
import { thisYear } from '../../ui/calendar';
import { fundTexts } from './texts';

export function FundsPage() {
  const { list: t } = useTexts(fundTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listFunds, { cursor: parameters.get('cursor') ?? undefined }));
  const { columns } = t;
  const now = ({ budgetYears }: FundView) => budgetYears.find(({ year }) => year === thisYear());
  return (
    <Page
      title={t.title}
      acts={
        <CreateLink operation={createFund} to="/funds/new">
          {t.create}
        </CreateLink>
      }
    >
      <AreaTabs />
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.name,
            isHeading: true,
            cell: ({ id, name }) => (
              <Link className="kern-link" to={`/funds/${id}`}>
                {name}
              </Link>
            ),
          },
          { title: columns.years, cell: ({ budgetYears }) => yearsText(budgetYears.map(({ year }) => year)) },
          { title: columns.plan, isNumeric: true, cell: (fund) => <Amount value={now(fund)?.plan} /> },
          { title: columns.released, isNumeric: true, cell: (fund) => <Amount value={now(fund)?.released} /> },
        ]}
      />
    </Page>
  );
}

function Amount({ value }: { readonly value: FundView['budgetYears'][number]['plan'] | undefined }) {
  return value ? <Money value={value} /> : '–';
}

function yearsText(years: readonly number[]): string {
  const [first] = years;
  const last = years.at(-1);
  if (first === undefined || last === undefined) return '–';
  return first === last ? String(first) : `${first}–${last}`;
}
