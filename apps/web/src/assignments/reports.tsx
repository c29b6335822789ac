import { useQuery } from '@tanstack/react-query';
import { listAssignmentReports } from '#contracts/staffing';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { StatusTag } from '../ui/status-tag';
import { Day } from '../ui/values';
import { assignmentTexts } from './texts';
import { REPORT_TONES } from './tones';

/** The reports of an assignment with their dates. */
export function Reports({ assignmentId }: { readonly assignmentId: string }) {
  const { page, reportKinds, reportStates } = useTexts(assignmentTexts);
  const query = useQuery(read(listAssignmentReports, { assignmentId }));
  return (
    <Section title={page.reports}>
      <List
        query={query}
        caption={page.reports}
        keyOf={({ id }) => id}
        empty={page.noReports}
        columns={[
          { title: page.report, isHeading: true, cell: ({ kind, sequence }) => `${sequence}. ${reportKinds[kind]}` },
          { title: page.dueOn, cell: ({ dueOn }) => <Day value={dueOn} /> },
          {
            title: page.reportStatus,
            cell: ({ status }) => <StatusTag tone={REPORT_TONES[status]}>{reportStates[status]}</StatusTag>,
          },
        ]}
      />
    </Section>
  );
}
