import type { ImportProposal } from '#contracts/partnership';
import type { GermanPlaces, RegisterPlace } from './german-places';
import { proposal, type RowReading } from './row-reading';

const KEY_LENGTHS = [8, 5];
const WITHOUT_ZERO = [7, 4];
const REGIONAL_KEY_LENGTHS = [12, 11];

/**
 * The German municipality of a row, by its key, its name, or both. A key decides where the name is a way of writing the register's;
 * a name alone only where it means one place without doubt. Anything else is for a person to decide.
 */
export function germanSide(reading: RowReading, places: GermanPlaces): RegisterPlace | undefined {
  const key = reading.text('germanKey');
  const name = reading.text('germanName');
  if (key === undefined || name === undefined) return undefined;
  if (key === '' && name === '') return reading.refuse('germanKey', 'MISSING', {});
  return key === '' ? byName(reading, name, places) : byKey(reading, { key, name }, places);
}

function byName(reading: RowReading, name: string, places: GermanPlaces): RegisterPlace | undefined {
  const place = places.ofName(name);
  if (place) {
    reading.note('germanName', 'KEY_FROM_NAME', `${place.key} ${place.name}`);
    return place;
  }
  const proposals = proposed(places.alike(name));
  return reading.refuse('germanName', proposals.length > 0 ? 'NAME_AMBIGUOUS' : 'NAME_UNKNOWN', { proposals });
}

function byKey(
  reading: RowReading,
  { key, name }: { key: string; name: string },
  places: GermanPlaces,
): RegisterPlace | undefined {
  const digits = key.replace(/[\s./'-]/g, '');
  const likely = () => (name === '' ? [] : places.alike(name));
  const place = KEY_LENGTHS.includes(digits.length) ? places.ofKey(digits) : regional(reading, digits, places);
  if (!place) return withoutZero(reading, { digits, name, likely }, places);
  if (place.kind === 'UNINCORPORATED_AREA')
    return reading.refuse('germanKey', 'KEY_UNINCORPORATED', { about: place.name, proposals: proposed(likely()) });
  // Whoever chose the key has seen the name of its place.
  if (name === '' || reading.decided('germanKey') !== undefined) return place;
  const written = places.isName(name, place);
  if (written === 'OTHER') {
    const proposals = proposed([place, ...likely()]);
    return reading.refuse('germanName', 'NAME_CONTRADICTS', { about: `${place.key} ${place.name}`, proposals });
  }
  if (written === 'ALIKE') reading.note('germanName', 'REGISTER_NAME', place.name);
  return place;
}

function regional(reading: RowReading, digits: string, places: GermanPlaces): RegisterPlace | undefined {
  if (!REGIONAL_KEY_LENGTHS.includes(digits.length)) return undefined;
  const place = places.ofRegionalKey(digits.padStart(12, '0'));
  if (place) reading.note('germanKey', 'KEY_FROM_REGIONAL_KEY', place.key);
  return place;
}

/** Spreadsheets take the zero away; with the name beside it there is no doubt which key it was. */
function withoutZero(
  reading: RowReading,
  { digits, name, likely }: { digits: string; name: string; likely: () => readonly RegisterPlace[] },
  places: GermanPlaces,
): RegisterPlace | undefined {
  const place = WITHOUT_ZERO.includes(digits.length) ? places.ofKey(`0${digits}`) : undefined;
  if (!place || place.kind === 'UNINCORPORATED_AREA')
    return reading.refuse('germanKey', 'KEY_UNKNOWN', { proposals: proposed(likely()) });
  if (name !== '' && places.isName(name, place) !== 'OTHER') {
    reading.note('germanKey', 'ZERO_ADDED', place.key);
    return place;
  }
  return reading.refuse('germanKey', 'KEY_WITHOUT_ZERO', {
    about: place.name,
    proposals: proposed([place, ...likely()]),
  });
}

function proposed(places: readonly RegisterPlace[]): ImportProposal[] {
  return [...new Set(places)].map(({ key, name, designation, landName }) =>
    proposal('germanKey', key, { label: name, detail: `${designation}, ${landName}` }),
  );
}
