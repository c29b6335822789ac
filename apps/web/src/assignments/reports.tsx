import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { listAssignmentReports } from '#contracts/staffing';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { ReportTag } from '../ui/report-tag';
import { Day } from '../ui/values';
import { assignmentTexts } from './texts';

/** The reports of an assignment with their dates. */
export function Reports({ assignmentId }: { readonly assignmentId: string }) {
  const { page } = useTexts(assignmentTexts);
  const { words } = useTexts(common);
  const query = useQuery(read(listAssignmentReports, { assignmentId }));
  return (
    <Section title={page.reports}>
      <List
        query={query}
        caption={page.reports}
        keyOf={({ id }) => id}
        empty={page.noReports}
        columns={[
          {
            title: page.report,
            isHeading: true,
            cell: ({ id, kind, sequence }) => (
              <Link className="kern-link" to={`/reports/${id}`}>{`${sequence}. ${words.reportKind[kind]}`}</Link>
            ),
          },
          { title: page.dueOn, cell: ({ dueOn }) => <Day value={dueOn} /> },
          {
            title: page.reportStatus,
            cell: ({ status }) => <ReportTag status={status} />,
          },
        ]}
      />
    </Section>
  );
}
