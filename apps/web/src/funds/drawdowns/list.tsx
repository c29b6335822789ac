import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { createDrawdown, listDrawdowns } from '#contracts/finance';
import { read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { CreateLink } from '../../ui/create-link';
import { ChoiceFilter, Filters } from '../../ui/filters';
import { choicesOf } from '../../ui/inputs';
import { List } from '../../ui/list';
import { Page } from '../../ui/page';
import { parametersOf } from '../../ui/parameters';
import { StatusTag } from '../../ui/status-tag';
import { Day, Money } from '../../ui/values';
import { AreaTabs } from '../area-tabs';
import { useFundChoices } from '../fund-names';
import { fundsTexts } from '../texts';
import { drawdownTexts } from './texts';

const FILTERS = listDrawdowns.request.pick({ fundId: true, status: true, cursor: true });

export function DrawdownsPage() {
  const { list: t, statuses } = useTexts(drawdownTexts);
  const { fund, status } = useTexts(fundsTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listDrawdowns, parametersOf(FILTERS, parameters)));
  const { columns } = t;
  return (
    <Page
      title={t.title}
      acts={
        <CreateLink operation={createDrawdown} to="/funds/drawdowns/new">
          {t.create}
        </CreateLink>
      }
    >
      <AreaTabs />
      <Filters>
        <ChoiceFilter name="fundId" label={fund} choices={useFundChoices()} />
        <ChoiceFilter name="status" label={status} choices={choicesOf(statuses)} />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.what,
            isHeading: true,
            cell: ({ id, approvalReference }) => (
              <Link className="kern-link" to={`/funds/drawdowns/${id}`}>
                {approvalReference}
              </Link>
            ),
          },
          {
            title: columns.status,
            cell: (row) => (
              <StatusTag tone={row.status === 'RECEIVED' ? 'success' : 'warning'}>{statuses[row.status]}</StatusTag>
            ),
          },
          { title: columns.requested, cell: ({ requestedOn }) => <Day value={requestedOn} /> },
          { title: columns.received, cell: ({ receivedOn }) => (receivedOn ? <Day value={receivedOn} /> : '–') },
          {
            title: columns.deadline,
            cell: ({ parts }) => {
              const [first] = parts.flatMap(({ deadlineOn }) => deadlineOn ?? []).sort();
              return first === undefined ? '–' : <Day value={first} />;
            },
          },
          { title: columns.total, isNumeric: true, cell: ({ total }) => <Money value={total} /> },
        ]}
      />
    </Page>
  );
}
