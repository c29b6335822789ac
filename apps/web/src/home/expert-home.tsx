import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { type AssignmentStatus, listAssignments } from '#contracts/staffing';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { homeTexts } from './texts';

/** The one that lasts comes before the one that is prepared, and that before what is over. */
const SEQUENCE: readonly AssignmentStatus[] = [
  'ACTIVE',
  'INTERRUPTED',
  'PREPARATION',
  'CONFIRMED',
  'FUNDING_REQUESTED',
  'FUNDING_REFUSED',
  'PLANNED',
  'COMPLETED',
  'ENDED_EARLY',
];

/** An expert's first page is the own assignment; before there is one, the own record. */
export function ExpertHome({ expertId }: { readonly expertId: string }) {
  const { expert: t } = useTexts(homeTexts);
  const query = useQuery(read(listAssignments, { expertId, sort: ['-startsOn'] }));
  return (
    <Loaded query={query}>
      {({ items }) => {
        const [status] = SEQUENCE.filter((each) => items.some((item) => item.status === each));
        const assignment = items.find((item) => item.status === status);
        return assignment ? (
          <Navigate to={`/assignments/${assignment.id}`} replace />
        ) : (
          <Page title={t.title}>
            <p className="kern-body">{t.none}</p>
            <div className="buttons">
              <LinkButton rank="primary" to={`/experts/${expertId}`}>
                {t.record}
              </LinkButton>
            </div>
          </Page>
        );
      }}
    </Loaded>
  );
}
