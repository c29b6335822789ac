import { type CsvRow, parseCsv, text, textOrNull, words } from '../csv';
import type { ReferenceSet } from '../reference-set';

/** Countries and the codes of what partnerships work on. */
export const CODE_LIST_SETS: readonly ReferenceSet[] = [
  {
    name: 'countries',
    files: ['countries.csv'],
    edition: 1,
    tables: (countries = '') => [{ table: 'country', key: ['code'], rows: parseCsv(countries).map(country) }],
  },
  {
    name: 'fields-of-action',
    files: ['sdg_goals.csv', 'sdg_targets.csv', 'crs_purpose_codes.csv', 'fields_of_action.csv'],
    edition: 1,
    tables: (goals = '', targets = '', purposes = '', fields = '') => [
      { table: 'sdg_goal', key: ['code'], rows: parseCsv(goals).map(goal) },
      { table: 'sdg_target', key: ['code'], rows: parseCsv(targets).map(target) },
      { table: 'crs_purpose', key: ['code'], rows: parseCsv(purposes).map(purpose) },
      { table: 'field_of_action', key: ['key'], rows: parseCsv(fields).map(fieldOfAction) },
    ],
  },
];

function country(row: CsvRow): object {
  return {
    code: text(row, 'iso2'),
    alpha3: text(row, 'iso3'),
    m49: textOrNull(row, 'm49'),
    name: text(row, 'name_en'),
    region: textOrNull(row, 'region'),
    subregion: textOrNull(row, 'subregion'),
    currencies: words(row, 'currencies'),
    source: text(row, 'source'),
  };
}

function goal(row: CsvRow, index: number): object {
  return { code: text(row, 'code'), position: index + 1, name: text(row, 'name_en') };
}

function target(row: CsvRow, index: number): object {
  return { code: text(row, 'code'), goal: text(row, 'goal'), position: index + 1, name: text(row, 'name_en') };
}

function purpose(row: CsvRow): object {
  return { code: text(row, 'code'), name: text(row, 'name_en'), status: text(row, 'status') };
}

function fieldOfAction(row: CsvRow, index: number): object {
  return {
    key: text(row, 'key'),
    position: index + 1,
    name_de: text(row, 'name_de'),
    name_en: text(row, 'name_en'),
    sdg_goals: words(row, 'sdg_goals'),
    sdg_targets: words(row, 'sdg_targets'),
    crs_main: text(row, 'crs_main'),
    crs_further: words(row, 'crs_secondary'),
  };
}
