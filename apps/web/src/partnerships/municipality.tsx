import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { getMunicipality, listPartnerships, type MunicipalityView } from '#contracts/partnership';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { countryName, dayText, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { type Fact, Facts } from '../ui/facts';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { shortName } from '../i18n/names';
import { PartnershipTable } from './partnership-table';
import { partnershipTexts } from './texts';

export function MunicipalityPage() {
  const { municipalityId = '' } = useParams();
  const query = useQuery(read(getMunicipality, { municipalityId }));
  return <Loaded query={query}>{(municipality) => <Detail municipality={municipality} />}</Loaded>;
}

function Detail({ municipality }: { readonly municipality: MunicipalityView }) {
  const t = useTexts(partnershipTexts);
  const { roles } = useSession();
  // An expert reads what is known of a town, not its partnerships.
  const mayList = mayCall(listPartnerships, roles);
  return (
    <Page
      title={shortName(municipality.name)}
      crumbs={mayList ? [{ label: t.list.title, to: '/partnerships' }] : undefined}
    >
      <Section title={t.page.facts}>
        <Facts facts={useFacts(municipality)} />
      </Section>
      {mayList && <Partnerships municipalityId={municipality.id} />}
    </Page>
  );
}

function Partnerships({ municipalityId }: { readonly municipalityId: string }) {
  const { municipality: t } = useTexts(partnershipTexts);
  const query = useQuery(read(listPartnerships, { municipalityId }));
  return (
    <Section title={t.partnerships}>
      <PartnershipTable query={query} empty={t.noPartnerships} />
    </Section>
  );
}

function useFacts({
  names,
  country,
  kind,
  land,
  designation,
  population,
  populationOn,
  identifiers,
}: MunicipalityView): Fact[] {
  const t = useTexts(partnershipTexts).municipality;
  const { words } = useTexts(common);
  const language = useLanguage();
  const inhabitants = population === null ? undefined : numberText(population, language);
  const facts: [string, string | null | undefined][] = [
    [t.officialName, names.official],
    [t.localName, names.local],
    [t.latinName, names.latin],
    [t.country, countryName(country, language)],
    [t.kind, words.municipalityKind[kind]],
    [t.designation, designation],
    [t.land, land?.name],
    [
      t.population,
      inhabitants !== undefined && populationOn !== null
        ? t.populationOf(inhabitants, dayText(populationOn, language))
        : inhabitants,
    ],
    ...identifiers
      .filter(({ validTo }) => validTo === null)
      .map(({ scheme, value }): [string, string] => [t.schemes[scheme], value]),
  ];
  return facts.flatMap(([label, value]) => (value === null || value === undefined ? [] : [{ label, value }]));
}
