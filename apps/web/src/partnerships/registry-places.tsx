import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { createMunicipality, listPlaces, type PlaceView } from '#contracts/partnership';
import { useCountries } from '../api/countries';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { countryName, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { ChoiceFilter, SearchFilter } from '../ui/filters';
import { List } from '../ui/list';
import { parametersOf } from '../ui/parameters';
import { CreateMunicipality } from './create-municipality';
import { municipalityTexts } from './municipality-texts';
import { OpenRecorded } from './open-recorded';
import { positionText } from './position-text';
import { RegistryFrame } from './registry-frame';

const LIST = listPlaces.request.pick({ q: true, country: true, cursor: true });

/** Places outside of Germany, by a name in any script, to record partner municipalities from. */
export function PlacesPage() {
  const { list: t } = useTexts(municipalityTexts);
  const language = useLanguage();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listPlaces, parametersOf(LIST, parameters)));
  const filters = (
    <>
      <SearchFilter label={t.searchPlace} />
      <ChoiceFilter name="country" label={t.country} choices={useCountries()} />
    </>
  );
  return (
    <RegistryFrame filters={filters}>
      <List
        query={query}
        caption={t.places}
        keyOf={({ geonamesId }) => geonamesId}
        empty={t.emptyPlaces}
        columns={[
          {
            title: t.name,
            isHeading: true,
            cell: ({ name, localName }) => (localName === null ? name : `${name} (${localName})`),
          },
          {
            title: t.where,
            cell: ({ region, country }) =>
              [region, countryName(country, language)].filter((each) => each !== null).join(', '),
          },
          { title: t.position, cell: (place) => positionText(place, language) },
          {
            title: t.population,
            isNumeric: true,
            cell: ({ population }) => (population === null ? '–' : numberText(population, language)),
          },
          { title: t.state, cell: (place) => <Recorded place={place} /> },
        ]}
      />
      <p className="kern-body kern-body--small">{t.sourcePlaces}</p>
    </RegistryFrame>
  );
}

function Recorded({ place }: { readonly place: PlaceView }) {
  const { list: t } = useTexts(municipalityTexts);
  const { roles } = useSession();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const { name, municipalityId } = place;
  if (municipalityId !== null) return <OpenRecorded id={municipalityId} name={name} />;
  if (!mayCall(createMunicipality, roles)) return '–';
  return (
    <>
      <Button rank="tertiary" aria-label={t.recordOne(name)} onClick={() => setOpen(true)}>
        {t.record}
      </Button>
      {isOpen && (
        <CreateMunicipality
          from={place}
          onClose={() => setOpen(false)}
          onDone={({ id }) => void navigate(`/municipalities/${id}`)}
        />
      )}
    </>
  );
}
