import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { createPartnershipImport, listPartnershipImports } from '#contracts/partnership';
import { read } from '../api/query';
import { instantText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { CreateLink } from '../ui/create-link';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { importTexts } from './texts';
import { IMPORT_TONES } from './tones';

const LIST = listPartnershipImports.request.pick({ status: true, cursor: true });

/** Which tables were imported, and what came of them. */
export function ImportsPage() {
  const { list: t, status: words } = useTexts(importTexts);
  const language = useLanguage();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listPartnershipImports, parametersOf(LIST, parameters)));
  return (
    <Page
      title={t.title}
      crumbs={[{ label: t.partnerships, to: '/partnerships' }]}
      acts={
        <CreateLink operation={createPartnershipImport} to="/imports/new">
          {t.create}
        </CreateLink>
      }
    >
      <List
        query={query}
        caption={t.title}
        empty={t.empty}
        keyOf={({ id }) => id}
        columns={[
          {
            title: t.file,
            isHeading: true,
            cell: ({ id, fileName }) => (
              <Link className="kern-link" to={`/imports/${id}`}>
                {fileName}
              </Link>
            ),
          },
          { title: t.status, cell: ({ status }) => <StatusTag tone={IMPORT_TONES[status]}>{words[status]}</StatusTag> },
          { title: t.opened, cell: ({ createdAt }) => instantText(createdAt, language) },
          { title: t.rows, isNumeric: true, cell: ({ rows }) => rows },
          { title: t.undecided, isNumeric: true, cell: ({ counts }) => counts.needsDecision + counts.leftOut },
          { title: t.made, isNumeric: true, cell: ({ counts }) => counts.made },
        ]}
      />
    </Page>
  );
}
