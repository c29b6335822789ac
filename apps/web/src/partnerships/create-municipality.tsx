import { useState } from 'react';
import { createMunicipality, listPlaces, type MunicipalityView, type PlaceView } from '#contracts/partnership';
import { useCountries } from '../api/countries';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { countryName, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Combobox } from '../ui/combobox';
import { Dialog } from '../ui/dialog';
import { choicesOf, RadioField, SelectField, TextField } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { DuplicateReason } from './duplicate-reason';
import { partnershipTexts } from './texts';

interface Values {
  readonly names: { readonly official: string; readonly local?: string; readonly latin?: string };
  readonly country: string;
  readonly kind: string;
  readonly duplicateReason?: string;
}

interface CreateMunicipalityProps {
  /** The place that was chosen already. */
  readonly from?: PlaceView;
  readonly onClose: () => void;
  readonly onDone: (municipality: MunicipalityView) => void;
}

const GERMANY = 'DE';
const MATCHES_SHOWN = 8;

/** A town of the partner side that nobody has recorded yet. */
export function CreateMunicipality({ from, onClose, onDone }: CreateMunicipalityProps) {
  const t = useTexts(partnershipTexts);
  const { words, cancel } = useTexts(common);
  const tell = useTell();
  const countries = useCountries().filter(({ value }) => value !== GERMANY);
  const [place, setPlace] = useState(from);
  const state = useOperationForm(createMunicipality, {
    defaults: { names: namesOf(from), country: from?.country ?? '', kind: '', duplicateReason: '' },
    request: ({ names, country, kind, duplicateReason }: Values) => ({
      side: 'PARTNER' as const,
      names,
      country,
      kind: kind as 'CITY',
      duplicateReason,
      // What was typed over the place stands; in another country it is another place.
      ...(place?.country === country && { geonamesId: place.geonamesId }),
    }),
    onDone: (municipality) => {
      onDone(municipality);
      onClose();
      tell(t.create.newDone(municipality.name));
    },
  });
  const fill = (chosen: PlaceView) => {
    setPlace(chosen);
    state.form.setValue('names', namesOf(chosen));
    state.form.setValue('country', chosen.country);
  };
  return (
    <Dialog title={t.create.newMunicipality} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          {from === undefined && <PlaceField onChoose={fill} />}
          <TextField name="names.official" label={t.municipality.officialName} />
          <TextField name="names.local" label={t.municipality.localName} isOptional />
          <TextField name="names.latin" label={t.municipality.latinName} isOptional />
          <SelectField name="country" label={t.municipality.country} choices={countries} />
          <RadioField name="kind" label={t.municipality.kind} choices={choicesOf(words.municipalityKind)} />
          <DuplicateReason problem={state.problem} />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.create.newMunicipality}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}

function namesOf(place: PlaceView | undefined) {
  return { official: place?.name ?? '', local: place?.localName ?? '', latin: '' };
}

/** A place of the world, by a name in any script. */
function PlaceField({ onChoose }: { readonly onChoose: (place: PlaceView) => void }) {
  const { create, municipality: t } = useTexts(partnershipTexts);
  const language = useLanguage();
  const detailOf = ({ region, country, population }: PlaceView) =>
    [
      region,
      countryName(country, language),
      population === null ? '' : create.inhabitants(numberText(population, language)),
    ]
      .filter(Boolean)
      .join(', ');
  return (
    <Combobox<PlaceView>
      id="place-search"
      label={t.place}
      hint={t.placeHint}
      search={(q) => read(listPlaces, { q, limit: MATCHES_SHOWN })}
      keyOf={({ geonamesId }) => geonamesId}
      show={(place) => (
        <>
          {place.localName === null ? place.name : `${place.name} (${place.localName})`}
          <small>{detailOf(place)}</small>
        </>
      )}
      onChoose={onChoose}
    />
  );
}
