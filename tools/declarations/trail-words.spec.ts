import { getMetadataArgsStorage } from 'typeorm';
import de from '../../apps/web/src/audit/texts/fields.de';
import en from '../../apps/web/src/audit/texts/fields.en';
import { DATA_SOURCES } from '../data-sources';

/** Written past the entities, with `noteChange`. */
const NOTED = {
  objects: [
    'base_rate',
    'budget_year',
    'exchange_rate',
    'expert_fact',
    'expert_person',
    'expert_request_assessment',
    'project_evidence',
    'project_scorecard',
  ],
  fields: ['released', 'percent', 'correctsId', 'rateOn', 'rate', 'givenNames', 'familyName', 'birthDate'],
};

describe('the words of the audit trail', () => {
  // Loading the data sources has declared the entities.
  const { tables, columns } = getMetadataArgsStorage();
  const expected = {
    objects: [...tables.map(({ name }) => name ?? ''), ...NOTED.objects],
    // Every change of an object is one of its version.
    fields: [...columns.map(({ propertyName }) => propertyName).filter((name) => name !== 'version'), ...NOTED.fields],
  };

  it.each([
    ['German', de],
    ['English', en],
  ])('name every kind of object and every field of it in %s, and nothing else', (_language, words) => {
    expect(Object.keys(DATA_SOURCES)).toHaveLength(4);
    for (const kind of ['objects', 'fields'] as const)
      expect(Object.keys(words[kind]).sort()).toEqual([...new Set(expected[kind])].sort());
  });
});
