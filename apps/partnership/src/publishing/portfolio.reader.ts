import { Injectable } from '@nestjs/common';
import type { Queries } from '#database';
import { membersIn, readRules } from '#rules';
import { AssignmentCopyReader } from '../assignments/assignment-copy.reader';
import { ResultsReader } from '../results/results.reader';
import type { FieldCodes, IatiCodes } from './iati/iati-codes';
import { type KnownPartnership, type KnownTown, type Portfolio, portfolioOf } from './portfolio';
import { PUBLISHED_PLACES, PUBLISHING, type PublishingRules } from './publishing-rules';

/** What is known now, as far as the public may know it. */
@Injectable()
export class PortfolioReader {
  constructor(
    private readonly assignments: AssignmentCopyReader,
    private readonly results: ResultsReader,
  ) {}

  async read(source: Queries, today: string): Promise<Portfolio> {
    const rules = await publishingRules(source, today);
    const towns = await source.query<KnownTown>(`${TOWNS} ORDER BY m.id`);
    const partnerships = await source.query<Omit<KnownPartnership, 'towns'> & { townIds: string[] }>(PARTNERSHIPS);
    const assignments = await this.assignments.all(source);
    const byId = new Map(towns.map((town) => [town.id, town]));
    const known = {
      towns: byId,
      assignments,
      results: await this.results.published(source),
      partnerships: partnerships.map(({ townIds, ...rest }) => ({
        ...rest,
        towns: townIds.flatMap((id) => byId.get(id) ?? []),
      })),
    };
    return portfolioOf(known, rules, today);
  }

  async codes(source: Queries): Promise<IatiCodes> {
    const rows = await source.query<{ key: string; de: string; en: string } & Omit<FieldCodes, 'name'>>(
      'SELECT key, name_de AS de, name_en AS en, crs_main, sdg_goals, sdg_targets FROM field_of_action ORDER BY position',
    );
    return { fields: new Map(rows.map(({ key, de, en, ...codes }) => [key, { ...codes, name: { de, en } }])) };
  }
}

// A town lies where it was recorded to lie, else where the register has it (German ones) or the places file, by its GeoNames number.
const TOWNS = `
  SELECT m.id, m.side, m.country, split_part(coalesce(m.name_latin, m.name), ',', 1) AS name, m.register_key, g.value AS geonames_id,
    coalesce(m.longitude, e.longitude, l.longitude) AS longitude, coalesce(m.latitude, e.latitude, l.latitude) AS latitude
  FROM municipality m LEFT JOIN register_entry e ON e.key = m.register_key
  LEFT JOIN LATERAL (SELECT i.value FROM municipality_identifier i WHERE i.municipality_id = m.id AND i.scheme = 'geonames'
    ORDER BY i.valid_from DESC NULLS LAST LIMIT 1) g ON true
  LEFT JOIN place l ON l.geonames_id = CASE WHEN g.value ~ '^[0-9]{1,9}$' THEN g.value::integer END`;

const PARTNERSHIPS = `
  SELECT p.id, p.case_number, p.kind, p.status, p.status_since, p.period_from AS "from", p.period_to AS "to",
    ARRAY(SELECT pp.municipality_id FROM partnership_participant pp WHERE pp.partnership_id = p.id ORDER BY pp.position) AS town_ids,
    (SELECT coalesce(json_agg(json_build_object('key', f.field_key, 'percent', f.percent) ORDER BY f.position), '[]')
     FROM partnership_field f WHERE f.partnership_id = p.id) AS fields
  FROM partnership p ORDER BY p.case_number`;

async function publishingRules(source: Queries, day: string): Promise<PublishingRules> {
  const rules = (await readRules(source, PUBLISHING)).inForceOn(day);
  const places = membersIn(PUBLISHED_PLACES, (await readRules(source, PUBLISHED_PLACES)).inForceOn(day));
  const elsewhere = rules.value('place-elsewhere');
  return {
    assignmentsPerSum: rules.value('assignments-per-sum'),
    precisionIn: (country) => places.get(country) ?? elsewhere,
  };
}
