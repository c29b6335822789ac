import type { Municipality, NewIdentifier } from './municipality.entity';
import type { OutgoingMessage } from '#contracts';
import { type MunicipalityView, municipalityRecorded } from '#contracts/partnership';

/** A row of `municipalitySelect`: the view, with instants still as dates. */
export type MunicipalityRow = Omit<MunicipalityView, 'createdAt' | 'updatedAt'> & { createdAt: Date; updatedAt: Date };

/** What the view needs, in one statement. */
export const municipalitySelect = `
  SELECT m.id, m.version, m.side, m.kind, m.name,
    json_build_object('official', m.name, 'local', m.name_local, 'latin', m.name_latin) AS names,
    m.country,
    (SELECT json_build_object('key', l.key, 'name', l.name) FROM register_land l WHERE l.key = m.land) AS land,
    m.designation, m.population, m.population_on,
    CASE WHEN m.longitude IS NOT NULL THEN json_build_object('longitude', m.longitude, 'latitude', m.latitude) END AS position,
    m.ended_on,
    (SELECT coalesce(json_agg(json_build_object('scheme', i.scheme, 'value', i.value, 'validFrom', i.valid_from, 'validTo', i.valid_to)
       ORDER BY i.scheme, i.valid_from NULLS FIRST), '[]')
     FROM municipality_identifier i WHERE i.municipality_id = m.id) AS identifiers,
    m.created_at, m.updated_at
  FROM municipality m`;

export function municipalityView(row: MunicipalityRow): MunicipalityView {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}

/** The view of a municipality that was just recorded: what `municipalitySelect` would read, without reading it. */
export function madeMunicipalityView(
  municipality: Municipality,
  { landName, identifiers }: { landName: string | null; identifiers: readonly NewIdentifier[] },
): MunicipalityView {
  const { id, version, side, kind, name, nameLocal, nameLatin, country, land, designation } = municipality;
  const { population, populationOn, longitude, latitude, endedOn, createdAt, updatedAt } = municipality;
  const sequence = ({ scheme, validFrom }: NewIdentifier) => `${scheme} ${validFrom ?? ''}`;
  return {
    id,
    version,
    side,
    kind,
    name,
    names: { official: name, local: nameLocal, latin: nameLatin },
    country,
    land: land === null || landName === null ? null : { key: land, name: landName },
    designation,
    population,
    populationOn,
    position: longitude === null || latitude === null ? null : { longitude, latitude },
    endedOn,
    identifiers: [...identifiers].sort((a, b) => (sequence(a) < sequence(b) ? -1 : 1)),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function municipalityRecordedMessage(view: MunicipalityView): OutgoingMessage {
  const { id, version, name, kind, country, side, population } = view;
  return municipalityRecorded.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { municipalityId: id, name, kind, country, side, population },
  });
}
