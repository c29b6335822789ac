import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listResultLeaves, STANDARD_INDICATORS } from '#contracts/partnership';
import { usePartnershipNames } from '../api/names';
import { read } from '../api/query';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { resultTexts } from './texts';
import { useUnit, Value } from './value-text';

const FILTER = listResultLeaves.request.pick({
  standard: true,
  withOpen: true,
  sdgGoal: true,
  partnershipId: true,
  projectId: true,
  country: true,
  cursor: true,
});

/** What a total is made of: each indicator of each result, with what it gives. */
export function LeavesPage() {
  const { leaves: t, totals, list } = useTexts(resultTexts);
  const language = useLanguage();
  const unitOf = useUnit();
  const [parameters] = useSearchParams();
  const filter = parametersOf(FILTER, parameters);
  const query = useQuery(read(listResultLeaves, filter));
  const nameOf = usePartnershipNames(
    query.data?.items.flatMap(({ origins }) => origins.map((it) => it.partnershipId)) ?? [],
  );
  const { standard } = filter;
  return (
    <Page
      title={standard ? `${t.title}: ${localized(STANDARD_INDICATORS[standard].title, language)}` : t.title}
      lead={t.lead}
      crumbs={[
        { label: list.title, to: '/results' },
        { label: totals.title, to: '/results/totals' },
      ]}
    >
      <List
        query={query}
        caption={t.title}
        keyOf={({ indicatorId }) => indicatorId}
        empty={totals.empty}
        columns={[
          {
            title: t.result,
            isHeading: true,
            cell: ({ resultId, resultTitle, indicatorTitle }) => (
              <>
                <Link className="kern-link" to={`/results/${resultId}`}>
                  {localized(resultTitle, language)}
                </Link>
                <div className="kern-body kern-body--small">{localized(indicatorTitle, language)}</div>
              </>
            ),
          },
          {
            title: t.origins,
            cell: ({ origins }) => [...new Set(origins.map(({ partnershipId }) => nameOf(partnershipId)))].join('; '),
          },
          {
            title: totals.target,
            isNumeric: true,
            cell: (leaf) => <Value value={leaf.target} unit={unitOf({ ...leaf, unit: null })} />,
          },
          {
            title: totals.actual,
            isNumeric: true,
            cell: (leaf) => <Value value={leaf.actual} unit={unitOf({ ...leaf, unit: null })} />,
          },
        ]}
      />
    </Page>
  );
}
