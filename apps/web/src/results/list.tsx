import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { createResult, listPublications, listResults } from '#contracts/partnership';
import { mayCall } from '../api/may';
import { usePartnershipNames } from '../api/names';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { CreateLink } from '../ui/create-link';
import { ChoiceFilter, Filters, SearchFilter } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { resultTexts } from './texts';
import { useGoalChoices } from './sdg';

const LIST = listResults.request.pick({
  q: true,
  type: true,
  status: true,
  sdgGoal: true,
  partnershipId: true,
  projectId: true,
  cursor: true,
});

export function ResultsPage() {
  const { list: t, leaves, types, states } = useTexts(resultTexts);
  const language = useLanguage();
  const { roles } = useSession();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listResults, { ...parametersOf(LIST, parameters), sort: ['-updatedAt'] }));
  const partnershipsOf = (item: { readonly origins: readonly { readonly partnershipId: string }[] }) => [
    ...new Set(item.origins.map(({ partnershipId }) => partnershipId)),
  ];
  const nameOf = usePartnershipNames(query.data?.items.flatMap(partnershipsOf) ?? []);
  const from = parameters.get('partnershipId');
  return (
    <Page
      title={t.title}
      lead={
        <Link className="kern-link" to="/results/totals">
          {t.totals}
        </Link>
      }
      acts={
        <div className="buttons">
          <CreateLink operation={createResult} to={from === null ? '/results/new' : `/results/new?partnership=${from}`}>
            {t.create}
          </CreateLink>
          {mayCall(listPublications, roles) && <LinkButton to="/publications">{t.publications}</LinkButton>}
        </div>
      }
    >
      <Filters>
        <SearchFilter label={t.search} />
        <ChoiceFilter name="type" label={t.type} choices={choicesOf(types)} />
        <ChoiceFilter name="sdgGoal" label={t.goal} choices={useGoalChoices()} />
        <ChoiceFilter name="status" label={t.status} choices={choicesOf(states)} />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: leaves.result,
            isHeading: true,
            cell: ({ id, title }) => (
              <Link className="kern-link" to={`/results/${id}`}>
                {localized(title, language)}
              </Link>
            ),
          },
          { title: t.type, cell: ({ type }) => types[type] },
          { title: t.origin, cell: (item) => partnershipsOf(item).map(nameOf).join('; ') },
          { title: t.indicators, isNumeric: true, cell: ({ indicators }) => indicators },
          { title: t.locked, isNumeric: true, cell: ({ lockedPeriods, periods }) => `${lockedPeriods} / ${periods}` },
          {
            title: t.status,
            cell: ({ status }) => (
              <StatusTag tone={status === 'CURRENT' ? 'success' : 'neutral'}>{states[status]}</StatusTag>
            ),
          },
        ]}
      />
    </Page>
  );
}
