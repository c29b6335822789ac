import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listCommitments } from '#contracts/finance';
import { useAssignmentNames } from '../../api/names';
import { read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { ChoiceFilter, Filters } from '../../ui/filters';
import { choicesOf } from '../../ui/inputs';
import { List } from '../../ui/list';
import { Page } from '../../ui/page';
import { parametersOf } from '../../ui/parameters';
import { StatusTag } from '../../ui/status-tag';
import { sumOf } from '../../ui/sum-of';
import { Money, Period } from '../../ui/values';
import { AreaTabs } from '../area-tabs';
import { useFundChoices } from '../fund-names';
import { fundsTexts } from '../texts';
import { commitmentTexts } from './texts';
import { COMMITMENT_TONES } from './tones';

const FILTERS = listCommitments.request.pick({
  fundId: true,
  status: true,
  lacksCover: true,
  assignmentId: true,
  cursor: true,
});

/** What the fund has promised to assignments; with a filter, what lacks cover. */
export function CommitmentsPage() {
  const { list: t, statuses, nameOf: name, expert } = useTexts(commitmentTexts);
  const { fund, status } = useTexts(fundsTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listCommitments, parametersOf(FILTERS, parameters)));
  const nameOf = useAssignmentNames(query.data?.items.map(({ assignmentId }) => assignmentId) ?? [], name, expert);
  const { columns } = t;
  return (
    <Page title={t.title}>
      <AreaTabs />
      <Filters>
        <ChoiceFilter name="fundId" label={fund} choices={useFundChoices()} />
        <ChoiceFilter name="status" label={status} choices={choicesOf(statuses)} />
        <ChoiceFilter name="lacksCover" label={t.lacksCover} choices={[{ value: 'true', label: t.lacking }]} />
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
            cell: ({ id, assignmentId }) => (
              <Link className="kern-link" to={`/funds/commitments/${id}`}>
                {nameOf(assignmentId)}
              </Link>
            ),
          },
          {
            title: columns.status,
            cell: (row) => <StatusTag tone={COMMITMENT_TONES[row.status]}>{statuses[row.status]}</StatusTag>,
          },
          { title: columns.period, cell: ({ period }) => <Period value={period} /> },
          { title: columns.total, isNumeric: true, cell: ({ total }) => <Money value={total} /> },
          {
            title: columns.open,
            isNumeric: true,
            cell: ({ byYear }) =>
              sumOf(byYear.map(({ open }) => open)).map((sum) => <Money key={sum.currency} value={sum} />),
          },
        ]}
      />
    </Page>
  );
}
