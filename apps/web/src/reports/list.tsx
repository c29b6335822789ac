import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listReports } from '#contracts/staffing';
import { useAssignmentNames } from '../api/names';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { ReportTag } from '../ui/report-tag';
import { Day } from '../ui/values';
import { reportTexts } from './texts';

const FILTERS = listReports.request.pick({ status: true, dueOnFrom: true, dueOnTo: true, cursor: true });

/** The reports of all assignments that the reader sees, the next due first. */
export function ReportsPage() {
  const { list: t, nameOf, expert } = useTexts(reportTexts);
  const { words } = useTexts(common);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listReports, parametersOf(FILTERS, parameters)));
  const assignmentName = useAssignmentNames(
    query.data?.items.map(({ assignmentId }) => assignmentId) ?? [],
    nameOf,
    expert,
  );
  return (
    <Page title={t.title}>
      <Filters>
        <ChoiceFilter name="status" label={t.status} choices={choicesOf(words.reportStatus)} />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: t.report,
            isHeading: true,
            cell: ({ id, kind, sequence }) => (
              <Link className="kern-link" to={`/reports/${id}`}>
                {`${sequence}. ${words.reportKind[kind]}`}
              </Link>
            ),
          },
          {
            title: t.assignment,
            cell: ({ assignmentId }) => (
              <Link className="kern-link" to={`/assignments/${assignmentId}`}>
                {assignmentName(assignmentId)}
              </Link>
            ),
          },
          { title: t.dueOn, cell: ({ dueOn }) => <Day value={dueOn} /> },
          { title: t.status, cell: ({ status }) => <ReportTag status={status} /> },
        ]}
      />
    </Page>
  );
}
