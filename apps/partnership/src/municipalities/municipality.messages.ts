import { type MunicipalityView, municipalityRecorded, type OutgoingMessage } from '#contracts';

/** A row of `municipalitySelect`: the view, with instants still as dates. */
export type MunicipalityRow = Omit<MunicipalityView, 'createdAt' | 'updatedAt'> & { createdAt: Date; updatedAt: Date };

/** What the view needs, in one statement. */
export const municipalitySelect = `
  SELECT m.id, m.version, m.side, m.kind, m.name,
    json_build_object('official', m.name, 'local', m.name_local, 'latin', m.name_latin) AS names,
    m.country,
    (SELECT json_build_object('key', l.key, 'name', l.name) FROM register_land l WHERE l.key = m.land) AS land,
    m.designation, m.population, m.population_on AS "populationOn",
    (SELECT coalesce(json_agg(json_build_object('scheme', i.scheme, 'value', i.value, 'validFrom', i.valid_from, 'validTo', i.valid_to)
       ORDER BY i.scheme, i.valid_from NULLS FIRST), '[]')
     FROM municipality_identifier i WHERE i.municipality_id = m.id) AS identifiers,
    m.created_at AS "createdAt", m.updated_at AS "updatedAt"
  FROM municipality m`;

export function municipalityView(row: MunicipalityRow): MunicipalityView {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}

export function municipalityRecordedMessage(view: MunicipalityView): OutgoingMessage {
  const { id, version, name, kind, country, side, population } = view;
  return municipalityRecorded.of({
    aggregateId: id,
    aggregateVersion: version,
    data: { municipalityId: id, name, kind, country, side, population },
  });
}
