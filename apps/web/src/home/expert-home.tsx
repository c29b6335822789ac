import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import type { ReplyOf } from '#contracts';
import { type AssignmentStatus, listAssignments } from '#contracts/staffing';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { BegunSection, useBegun } from './begun';
import { homeTexts } from './texts';
import { waiting } from './waiting';
import { WaitingSection } from './waiting-list';

type Own = ReplyOf<typeof listAssignments>['items'][number];

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

/** An expert's first page is the own assignment, unless something waits for the person; before there is one, the own record. */
export function ExpertHome({ expertId }: { readonly expertId: string }) {
  const { expert: t } = useTexts(homeTexts);
  const query = useQuery(read(listAssignments, { expertId, sort: ['-startsOn'] }));
  const { isKnown, items: begun } = useBegun();
  const tasks = useQuery(waiting);
  // Without a line the question rests: nobody knows what waits, and what was begun and the assignment are kept.
  if (!isKnown || tasks.isLoading) return null;
  const isWaiting = (tasks.data?.items.length ?? 0) > 0;
  const own = (items: readonly Own[]) => {
    const [status] = SEQUENCE.filter((each) => items.some((item) => item.status === each));
    return items.find((item) => item.status === status);
  };
  if (begun.length === 0 && !isWaiting)
    return (
      <Loaded query={query}>
        {({ items }) => {
          const assignment = own(items);
          return assignment ? (
            <Navigate to={`/assignments/${assignment.id}`} replace />
          ) : (
            <Page title={t.title}>
              <Way expertId={expertId} />
            </Page>
          );
        }}
      </Loaded>
    );
  return (
    <Page title={t.title}>
      <BegunSection />
      {isWaiting && <WaitingSection />}
      <Loaded query={query}>{({ items }) => <Way expertId={expertId} assignment={own(items)} />}</Loaded>
    </Page>
  );
}

function Way({ expertId, assignment }: { readonly expertId: string; readonly assignment?: Own | undefined }) {
  const { expert: t } = useTexts(homeTexts);
  return (
    <>
      {!assignment && <p className="kern-body">{t.none}</p>}
      <div className="buttons">
        <LinkButton rank="primary" to={assignment ? `/assignments/${assignment.id}` : `/experts/${expertId}`}>
          {assignment ? t.toAssignment : t.record}
        </LinkButton>
      </div>
    </>
  );
}
