import {
  addMunicipalityIdentifier,
  correctMunicipality,
  declareSuccession,
  IdentifierScheme,
  listMunicipalityActions,
  type MunicipalityView,
} from '#contracts/partnership';
import { useCountries } from '../api/countries';
import { common } from '../i18n/common';
import { countryName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import type { FieldDeclaration } from '../ui/generated-fields';
import { choicesOf, DayField, SelectField, TextField } from '../ui/inputs';
import { municipalityTexts } from './municipality-texts';
import { partnershipTexts } from './texts';

const REASON_ROWS = 3;
/** What the register says of German municipalities is not typed: nothing is asked, nothing is sent. */
const NOT_ASKED: FieldDeclaration = { label: '', render: () => null, sent: () => undefined };

export function MunicipalityActs({ municipality }: { readonly municipality: MunicipalityView }) {
  const { acts: t, succession } = useTexts(municipalityTexts);
  const facts = useTexts(partnershipTexts).municipality;
  const { words } = useTexts(common);
  const language = useLanguage();
  const countries = useCountries();
  const { id, version, side, name, names, country, kind, population, populationOn, position } = municipality;
  const fixed = { municipalityId: id };
  const isPartner = side === 'PARTNER';
  const reason = { label: t.reason, rows: REASON_ROWS };
  return (
    <Acts
      of={listMunicipalityActions}
      id={fixed}
      version={version}
      seen={{
        [facts.officialName]: name,
        [facts.kind]: words.municipalityKind[kind],
        [facts.country]: countryName(country, language),
      }}
      acts={[
        act({
          operation: correctMunicipality,
          ...t.correct,
          fixed,
          fields: {
            names: {
              label: facts.officialName,
              initial: { official: names.official, local: names.local ?? '', latin: names.latin ?? '' },
              render: () => <NameFields />,
            },
            country: isPartner ? { label: facts.country, choices: countries, initial: country } : NOT_ASKED,
            kind: isPartner
              ? { label: facts.kind, choices: choicesOf(words.municipalityKind), initial: kind }
              : NOT_ASKED,
            population: { label: facts.population, initial: population ?? '' },
            populationOn: { label: t.correct.populationOn, initial: populationOn ?? '' },
            position: {
              label: t.correct.latitude,
              initial: { latitude: String(position?.latitude ?? ''), longitude: String(position?.longitude ?? '') },
              render: () => <PositionFields />,
              sent: degreesOf,
            },
            reason: { ...reason, hint: t.correct.reasonHint },
          },
        }),
        act({
          operation: addMunicipalityIdentifier,
          ...t.addKey,
          fixed,
          fields: {
            identifier: {
              label: t.addKey.value,
              initial: { scheme: '', value: '', validFrom: '', validTo: '' },
              render: () => <IdentifierFields isGerman={!isPartner} />,
            },
            reason,
          },
        }),
        { operation: declareSuccession, label: succession.label, to: `/municipalities/${id}/succession`, isRare: true },
      ]}
    />
  );
}

export function NameFields() {
  const t = useTexts(partnershipTexts).municipality;
  return (
    <>
      <TextField name="names.official" label={t.officialName} />
      <TextField name="names.local" label={t.localName} isOptional />
      <TextField name="names.latin" label={t.latinName} isOptional />
    </>
  );
}

function PositionFields() {
  const { correct: t } = useTexts(municipalityTexts).acts;
  return (
    <>
      <TextField name="position.latitude" label={t.latitude} hint={t.latitudeHint} inputMode="decimal" isOptional />
      <TextField name="position.longitude" label={t.longitude} hint={t.longitudeHint} inputMode="decimal" isOptional />
    </>
  );
}

function IdentifierFields({ isGerman }: { readonly isGerman: boolean }) {
  const { addKey: t } = useTexts(municipalityTexts).acts;
  const { schemes } = useTexts(partnershipTexts).municipality;
  // Official German keys belong to the German side alone.
  const choices = IdentifierScheme.options
    .filter((scheme) => isGerman || !scheme.startsWith('org:de:'))
    .map((value) => ({ value, label: schemes[value] }));
  return (
    <>
      <SelectField name="identifier.scheme" label={t.scheme} choices={choices} />
      <TextField name="identifier.value" label={t.value} />
      <DayField name="identifier.validFrom" label={t.from} hint={t.fromHint} isOptional />
      <DayField name="identifier.validTo" label={t.last} isOptional />
    </>
  );
}

/** Degrees as people write them, with a comma too; what is no number is left for the check to refuse. */
function degreesOf(position: unknown): unknown {
  if (typeof position !== 'object' || position === null) return position;
  return Object.fromEntries(
    Object.entries(position).map(([name, text]) => {
      const isNumber = typeof text === 'string' && /^\s*-?\d+([.,]\d+)?\s*$/.test(text);
      return [name, isNumber ? Number(text.replace(',', '.')) : text];
    }),
  );
}
