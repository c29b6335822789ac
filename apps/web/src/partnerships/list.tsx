import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { createPartnership, listPartnerships } from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { CreateLink } from '../ui/create-link';
import { CaseNumberFilter, ChoiceFilter, Filters, SearchFilter } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { parametersOf } from '../ui/parameters';
import { Page } from '../ui/page';
import { PartnershipTable } from './partnership-table';
import { partnershipTexts } from './texts';

const LIST = listPartnerships.request.pick({
  caseNumber: true,
  q: true,
  status: true,
  kind: true,
  country: true,
  cursor: true,
});

export function PartnershipsPage() {
  const t = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listPartnerships, { ...parametersOf(LIST, parameters), sort: ['-statusSince'] }));
  return (
    <Page
      title={t.list.title}
      acts={
        <CreateLink operation={createPartnership} to="/partnerships/new">
          {t.list.create}
        </CreateLink>
      }
    >
      <Filters>
        <SearchFilter label={t.list.search} />
        <CaseNumberFilter />
        <ChoiceFilter name="status" label={t.list.status} choices={choicesOf(words.partnershipStatus)} />
        <ChoiceFilter name="kind" label={t.list.kind} choices={choicesOf(words.partnershipKind)} />
      </Filters>
      <PartnershipTable query={query} empty={t.list.empty} />
    </Page>
  );
}
