import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { listPublications, publish } from '#contracts/partnership';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { ActButton } from '../ui/act-button';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { Instant } from '../ui/values';
import { PublishedTag } from './published-tag';
import { publishingTexts } from './texts';

const LIST = listPublications.request.pick({ cursor: true });

/** What the fund published, edition by edition, and the way to publish now. */
export function PublicationsPage() {
  const { list: t, publish: words } = useTexts(publishingTexts);
  const [parameters] = useSearchParams();
  const navigate = useNavigate();
  const query = useQuery(read(listPublications, parametersOf(LIST, parameters)));
  return (
    <Page
      title={t.title}
      crumbs={[{ label: t.results, to: '/results' }]}
      lead={
        <>
          {t.lead}{' '}
          <a className="kern-link" href="/public">
            {t.pages}
          </a>
        </>
      }
      acts={
        <ActButton
          isPrimary
          act={act({
            operation: publish,
            ...words,
            fixed: {},
            fields: {},
            onReply: ({ id }) => void navigate(`/publications/${id}`),
          })}
        />
      }
    >
      <List
        query={query}
        caption={t.title}
        empty={t.empty}
        keyOf={({ id }) => id}
        columns={[
          {
            title: t.edition,
            isHeading: true,
            cell: ({ id, version }) => (
              <Link className="kern-link" to={`/publications/${id}`}>
                {t.number(version)}
              </Link>
            ),
          },
          { title: t.madeAt, cell: ({ madeAt }) => <Instant value={madeAt} /> },
          { title: t.state, cell: ({ isPublished }) => <PublishedTag isPublished={isPublished} /> },
          { title: t.errors, isNumeric: true, cell: ({ errors }) => errors },
          { title: t.warnings, isNumeric: true, cell: ({ warnings }) => warnings },
          { title: t.advisories, isNumeric: true, cell: ({ advisories }) => advisories },
        ]}
      />
    </Page>
  );
}
