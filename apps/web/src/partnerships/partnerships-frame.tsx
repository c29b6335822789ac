import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { type countPartnerships, createPartnership, createPartnershipImport } from '#contracts/partnership';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { countryName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { CreateLink } from '../ui/create-link';
import { CaseNumberFilter, ChoiceFilter, Filters, SearchFilter } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { Page } from '../ui/page';
import { Tabs } from '../ui/tabs';
import { counts } from './counts';
import { partnershipTexts } from './texts';

/** What narrows the list and the map alike. */
export const FILTER = { caseNumber: true, q: true, status: true, kind: true, country: true } as const satisfies Partial<
  Record<keyof typeof countPartnerships.request.shape, true>
>;

/** Partnerships in two views of one filter: as a list, and on the map. */
export function PartnershipsFrame({ children }: { readonly children: ReactNode }) {
  const { list: t } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  const [parameters] = useSearchParams();
  const filter = new URLSearchParams(parameters);
  // A page of the list means nothing on the map.
  filter.delete('cursor');
  const search = filter.size > 0 ? `?${filter.toString()}` : '';
  return (
    <Page
      title={t.title}
      acts={
        <div className="buttons">
          <CreateLink operation={createPartnership} to="/partnerships/new">
            {t.create}
          </CreateLink>
          <LinkButton to="/municipalities">{t.municipalities}</LinkButton>
          {mayCall(createPartnershipImport, roles) && <LinkButton to="/imports">{t.imports}</LinkButton>}
        </div>
      }
    >
      <Tabs
        label={t.views}
        tabs={[
          { label: t.asList, to: `/partnerships${search}`, isWhole: true },
          { label: t.asMap, to: `/partnerships/map${search}` },
        ]}
      />
      <Filters>
        <SearchFilter label={t.search} />
        <CaseNumberFilter />
        <ChoiceFilter name="status" label={t.status} choices={choicesOf(words.partnershipStatus)} />
        <ChoiceFilter name="kind" label={t.kind} choices={choicesOf(words.partnershipKind)} />
        <ChoiceFilter name="country" label={t.country} choices={useCountriesWithPartnerships()} />
      </Filters>
      {children}
    </Page>
  );
}

/** Only these find something; the one that a link names is among them in any case. */
function useCountriesWithPartnerships() {
  const language = useLanguage();
  const { data } = useQuery(counts({}));
  const [parameters] = useSearchParams();
  const named = parameters.get('country')?.split(',') ?? [];
  const codes = new Set([...(data?.countries.map(({ country }) => country) ?? []), ...named]);
  return [...codes]
    .filter((code) => /^[A-Z]{2}$/.test(code))
    .map((code) => ({ value: code, label: countryName(code, language) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}
