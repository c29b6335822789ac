import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import {
  type CountryView,
  type FieldOfActionView,
  listCountries,
  listFieldsOfAction,
  listSdgGoals,
  listSdgTargets,
  type SdgGoalView,
  type SdgTargetView,
} from '#contracts/partnership';
import { Database, Filters } from '#database';
import { Clock, Handle } from '#platform';
import { editionOf } from '../edition';

const { name: CODES_NAME, asOf: CODES_AS_OF } = editionOf('code-lists');
const CODES_SOURCE = `${CODES_NAME}, ${CODES_AS_OF}`;
const FIELDS_SOURCE = `${CODES_SOURCE}; assignment of field to code: a proposal, docs/domain.md#fields-of-action`;

const FIELDS_OF_ACTION = `
  SELECT f.key, json_build_object('de', f.name_de, 'en', f.name_en) AS name,
    f.sdg_goals, f.sdg_targets,
    json_build_object('code', main.code, 'name', main.name) AS crs_main,
    (SELECT coalesce(json_agg(json_build_object('code', further.code, 'name', further.name) ORDER BY listed.position), '[]')
     FROM unnest(f.crs_further) WITH ORDINALITY AS listed (code, position)
     JOIN crs_purpose further ON further.code = listed.code) AS crs_further,
    '${FIELDS_SOURCE}' AS source
  FROM field_of_action f JOIN crs_purpose main ON main.code = f.crs_main`;

const COUNTRY_CODE = /^[A-Z]{2,3}$/;

// $1: the day for which the country lists are asked.
const COUNTRIES = `
  SELECT c.code, c.alpha3, c.m49, json_build_object('en', c.name) AS name, c.region, c.subregion, c.currencies,
    dac.value AS dac_group, partner.key IS NOT NULL AS is_german_cooperation_partner, dac.source, dac.valid_from,
    dac.valid_to
  FROM country c
  LEFT JOIN dated_rule dac
    ON dac.rule_set = 'DAC' AND dac.key = c.code AND daterange(dac.valid_from, dac.valid_to) @> $1::date
  LEFT JOIN dated_rule partner
    ON partner.rule_set = 'GERMAN_COOPERATION' AND partner.key = c.code
    AND daterange(partner.valid_from, partner.valid_to) @> $1::date`;

/** Reads the code lists that ship with the product. Pages end their order in a uuid made from the code, which decides nothing. */
@Injectable()
export class ReferenceService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handle(listFieldsOfAction)
  fieldsOfAction({ limit, cursor }: RequestOf<typeof listFieldsOfAction>): Promise<Page<FieldOfActionView>> {
    return this.database.page<FieldOfActionView>({
      select: FIELDS_OF_ACTION,
      sort: [{ key: 'position', column: 'f.position', type: 'int4' }],
      idColumn: 'md5(f.key)::uuid',
      limit,
      cursor,
      filterHash: 'fields-of-action',
    });
  }

  @Handle(listSdgGoals)
  sdgGoals({ limit, cursor }: RequestOf<typeof listSdgGoals>): Promise<Page<SdgGoalView>> {
    return this.database.page<SdgGoalView>({
      select: `SELECT g.code, json_build_object('en', g.name) AS name, '${CODES_SOURCE}' AS source FROM sdg_goal g`,
      sort: [{ key: 'position', column: 'g.position', type: 'int4' }],
      idColumn: 'md5(g.code)::uuid',
      limit,
      cursor,
      filterHash: 'sdg-goals',
    });
  }

  @Handle(listSdgTargets)
  sdgTargets({ limit, cursor, goal }: RequestOf<typeof listSdgTargets>): Promise<Page<SdgTargetView>> {
    const filters = new Filters().add('t.goal = ANY (?)', goal);
    return this.database.page<SdgTargetView>({
      select: `SELECT t.code, t.goal, json_build_object('en', t.name) AS name, '${CODES_SOURCE}' AS source FROM sdg_target t`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'position', column: 't.position', type: 'int4' }],
      idColumn: 'md5(t.code)::uuid',
      limit,
      cursor,
      filterHash: { list: 'sdg-targets', goal },
    });
  }

  @Handle(listCountries)
  countries({ limit, cursor, q, on, dacGroup }: RequestOf<typeof listCountries>): Promise<Page<CountryView>> {
    const filters = new Filters();
    filters.parameters.push(on ?? this.clock.today());
    const isCode = q !== undefined && COUNTRY_CODE.test(q);
    filters
      .add(isCode ? '?::text IN (c.code, c.alpha3)' : 'strpos(fold(c.name), fold(?)) > 0', q)
      .add('dac.value = ANY (?)', dacGroup);
    return this.database.page<CountryView>({
      select: COUNTRIES,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'code', column: 'c.code::text', type: 'text' }],
      idColumn: 'md5(c.code)::uuid',
      limit,
      cursor,
      filterHash: { list: 'countries', q, on, dacGroup },
    });
  }
}
