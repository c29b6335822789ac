import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { getAssignment, listAssignments } from '#contracts/staffing';
import { useMunicipalityNames } from '../api/names';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { dayText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { Period } from '../ui/values';
import { expertTexts } from './texts';

/** Where the person serves or served, and which employer may see the name. */
export function AssignmentsOf({ expertId }: { readonly expertId: string }) {
  const { page: t } = useTexts(expertTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const query = useQuery(read(listAssignments, { expertId, sort: ['-startsOn'] }));
  const rows = query.data?.items ?? [];
  const townName = useMunicipalityNames(rows.map(({ employerMunicipalityId }) => employerMunicipalityId));
  const views = useQueries({ queries: rows.map(({ id }) => read(getAssignment, { assignmentId: id })) });
  const consents = new Map(views.map(({ data }) => [data?.id, data?.expertConsent]));
  return (
    <Section title={t.assignments}>
      <List
        query={query}
        caption={t.assignments}
        keyOf={({ id }) => id}
        empty={t.noAssignments}
        columns={[
          {
            title: t.employer,
            isHeading: true,
            cell: ({ id, employerMunicipalityId }) => (
              <Link className="kern-link" to={`/assignments/${id}`}>
                {townName(employerMunicipalityId)}
              </Link>
            ),
          },
          { title: t.status, cell: ({ status }) => words.assignmentStatus[status] },
          { title: t.period, cell: ({ period }) => <Period value={period} /> },
          {
            title: t.consent,
            cell: ({ id }) => {
              const consent = consents.get(id);
              return consent ? t.consentSince(dayText(consent.givenAt.slice(0, 10), language)) : t.noConsent;
            },
          },
        ]}
      />
    </Section>
  );
}
