import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { getMunicipality, listPartnerships, listSuccessions, type MunicipalityView } from '#contracts/partnership';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { countryName, dayText, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { type Fact, Facts } from '../ui/facts';
import { List } from '../ui/list';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { Day } from '../ui/values';
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
  const language = useLanguage();
  const { endedOn } = municipality;
  // An expert reads what is known of a town, not its partnerships.
  const mayList = mayCall(listPartnerships, roles);
  return (
    <Page
      title={shortName(municipality.name)}
      trailOf={municipality.id}
      lead={endedOn === null ? undefined : t.municipality.endedOn(dayText(endedOn, language))}
      crumbs={mayList ? [{ label: t.list.title, to: '/partnerships' }] : undefined}
    >
      <Section title={t.page.facts}>
        <Facts facts={useFacts(municipality)} />
      </Section>
      <Keys municipality={municipality} />
      {mayCall(listSuccessions, roles) && <Successions municipalityId={municipality.id} />}
      {mayList && <Partnerships municipalityId={municipality.id} />}
    </Page>
  );
}

/** Every identifier with its days: an old file carries an old one. */
function Keys({ municipality: { identifiers } }: { readonly municipality: MunicipalityView }) {
  const { municipality: t } = useTexts(partnershipTexts);
  if (identifiers.length === 0) return null;
  return (
    <Section title={t.keys.title}>
      <Table
        caption={t.keys.title}
        rows={identifiers}
        keyOf={({ scheme, value, validFrom }) => `${scheme} ${value} ${validFrom ?? ''}`}
        columns={[
          { title: t.keys.scheme, isHeading: true, cell: ({ scheme }) => t.schemes[scheme] },
          { title: t.keys.value, cell: ({ value }) => value },
          { title: t.keys.from, cell: ({ validFrom }) => validFrom !== null && <Day value={validFrom} /> },
          { title: t.keys.to, cell: ({ validTo }) => validTo !== null && <Day value={validTo} /> },
        ]}
      />
    </Section>
  );
}

/** What became of it, and what went into it. */
function Successions({ municipalityId }: { readonly municipalityId: string }) {
  const { successions: t } = useTexts(partnershipTexts).municipality;
  const query = useQuery(read(listSuccessions, { municipalityId }));
  return (
    <Section title={t.title}>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.none}
        columns={[
          { title: t.on, isHeading: true, cell: ({ on }) => <Day value={on} /> },
          {
            title: t.what,
            cell: ({ kind, nameBefore, nameAfter, keyBefore, keyAfter, successors }) => {
              const heirs = successors.map(({ name }) => shortName(name)).join(', ');
              const [before, after] =
                nameBefore === nameAfter && keyAfter !== null ? [keyBefore ?? '', keyAfter] : [nameBefore, nameAfter];
              return `${t.kinds[kind]}: ${heirs === '' ? `${before} → ${after}` : `${shortName(nameBefore)} ${t.into(heirs)}`}`;
            },
          },
          { title: t.why, cell: ({ reason }) => reason },
        ]}
      />
    </Section>
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

function useFacts({ names, country, kind, land, designation, population, populationOn }: MunicipalityView): Fact[] {
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
  ];
  return facts.flatMap(([label, value]) => (value === null || value === undefined ? [] : [{ label, value }]));
}
