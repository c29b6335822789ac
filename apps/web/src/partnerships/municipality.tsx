import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import {
  getMunicipality,
  listMunicipalityActions,
  listMunicipalityChanges,
  listMunicipalityContacts,
  listPartnerships,
  listSuccessions,
  type MunicipalityView,
} from '#contracts/partnership';
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
import { MunicipalityActs } from './municipality-acts';
import { MunicipalityChanges } from './municipality-changes';
import { MunicipalityContacts } from './municipality-contacts';
import { MunicipalityKeys } from './municipality-keys';
import { Ended, Successions } from './municipality-successions';
import { municipalityTexts } from './municipality-texts';
import { PartnershipTable } from './partnership-table';
import { positionText } from './position-text';
import { partnershipTexts } from './texts';

export function MunicipalityPage() {
  const { municipalityId = '' } = useParams();
  const query = useQuery(read(getMunicipality, { municipalityId }));
  return <Loaded query={query}>{(municipality) => <Detail municipality={municipality} />}</Loaded>;
}

function Detail({ municipality }: { readonly municipality: MunicipalityView }) {
  const t = useTexts(partnershipTexts);
  const { roles } = useSession();
  const { list } = useTexts(municipalityTexts);
  const { endedOn } = municipality;
  // An expert reads what is known of a town, not its partnerships.
  const mayList = mayCall(listPartnerships, roles);
  return (
    <Page
      title={shortName(municipality.name)}
      trailOf={municipality.id}
      lead={endedOn === null ? undefined : <Lead municipalityId={municipality.id} on={endedOn} mayList={mayList} />}
      crumbs={mayList ? [{ label: list.title, to: '/municipalities' }] : undefined}
      acts={mayCall(listMunicipalityActions, roles) && <MunicipalityActs municipality={municipality} />}
    >
      <Section title={t.page.facts}>
        <Facts facts={useFacts(municipality)} />
      </Section>
      <MunicipalityKeys municipality={municipality} />
      {mayCall(listMunicipalityContacts, roles) && <MunicipalityContacts municipality={municipality} />}
      {mayCall(listSuccessions, roles) && <Successions municipalityId={municipality.id} />}
      {mayList && <Partnerships municipalityId={municipality.id} />}
      {mayCall(listMunicipalityChanges, roles) && <MunicipalityChanges municipalityId={municipality.id} />}
    </Page>
  );
}

function Lead({ mayList, ...ended }: { municipalityId: string; on: string; mayList: boolean }) {
  const { municipality: t } = useTexts(partnershipTexts);
  const language = useLanguage();
  return mayList ? <Ended {...ended} /> : t.endedOn(dayText(ended.on, language));
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

function useFacts(municipality: MunicipalityView): Fact[] {
  const { names, country, kind, land, designation, population, populationOn, position } = municipality;
  const t = useTexts(partnershipTexts).municipality;
  const { words } = useTexts(common);
  const { page } = useTexts(municipalityTexts);
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
    [page.position, position && positionText(position, language)],
  ];
  return facts.flatMap(([label, value]) => (value === null || value === undefined ? [] : [{ label, value }]));
}
