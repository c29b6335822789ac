import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listMunicipalities, type MunicipalityView } from '#contracts/partnership';
import { useCountries } from '../api/countries';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { countryName, dayText, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { ChoiceFilter, SearchFilter } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { municipalityTexts } from './municipality-texts';
import { RegistryFrame } from './registry-frame';

const LIST = listMunicipalities.request.pick({ q: true, side: true, country: true, kind: true, cursor: true });

/** Those that are recorded, by a name in any of its forms or by a key of today or before. */
export function RecordedMunicipalitiesPage() {
  const { list: t } = useTexts(municipalityTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listMunicipalities, parametersOf(LIST, parameters)));
  const filters = (
    <>
      <SearchFilter label={t.search} />
      <ChoiceFilter name="side" label={t.side} choices={choicesOf(t.sides)} />
      <ChoiceFilter name="kind" label={t.kind} choices={choicesOf(words.municipalityKind)} />
      <ChoiceFilter name="country" label={t.country} choices={useCountries()} />
    </>
  );
  return (
    <RegistryFrame filters={filters}>
      <List
        query={query}
        caption={t.recorded}
        keyOf={({ id }) => id}
        empty={t.emptyRecorded}
        columns={[
          { title: t.name, isHeading: true, cell: (each) => <Named municipality={each} /> },
          { title: t.kind, cell: ({ kind, designation }) => designation ?? words.municipalityKind[kind] },
          { title: t.where, cell: ({ country, land }) => land?.name ?? countryName(country, language) },
          { title: t.keys, cell: ({ identifiers }) => shownKey(identifiers) },
          {
            title: t.population,
            isNumeric: true,
            cell: ({ population }) => (population === null ? '–' : numberText(population, language)),
          },
        ]}
      />
    </RegistryFrame>
  );
}

function Named({ municipality: { id, name, names, endedOn } }: { readonly municipality: MunicipalityView }) {
  const { list: t } = useTexts(municipalityTexts);
  const language = useLanguage();
  const others = [names.local, names.latin].filter((each) => each !== null).join(', ');
  return (
    <div>
      <Link className="kern-link" to={`/municipalities/${id}`}>
        {name}
      </Link>
      {others !== '' && <div className="kern-body kern-body--small">{others}</div>}
      {endedOn !== null && <StatusTag tone="warning">{t.ended(dayText(endedOn, language))}</StatusTag>}
    </div>
  );
}

/** The one that people know it by: the official key, else the number of the place. */
function shownKey(identifiers: MunicipalityView['identifiers']): string {
  const current = identifiers.filter(({ validTo }) => validTo === null);
  const known = ['org:de:ags', 'org:de:kreis', 'geonames', 'un:locode', 'wikidata'].flatMap((scheme) =>
    current.filter((each) => each.scheme === scheme),
  );
  return known[0]?.value ?? '–';
}
