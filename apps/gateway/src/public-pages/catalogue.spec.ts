import { readShipped } from '#platform';
import { catalogue } from './open-data';

const SHAPES = 'apps/gateway/data/dcat-ap-de/dcat-ap-de-german-additions.shacl.ttl';
/** The vocabularies are not shipped: what the catalogue takes from each of them, as the vocabulary itself says. */
const VOCABULARIES = [
  ['http://dcat-ap.de/def/licenses', ['/cc-by/4.0']],
  ['http://dcat-ap.de/def/politicalGeocoding/Level', ['/international']],
  ['http://publications.europa.eu/resource/authority/data-theme', ['/INTR', '/GOVE']],
  ['http://publications.europa.eu/resource/authority/file-type', ['/XML', '/JSON', '/GEOJSON']],
  ['http://publications.europa.eu/resource/authority/language', ['/DEU', '/ENG', '/FRA', '/SPA']],
] as const;
const MEMBERS = VOCABULARIES.flatMap(([scheme, terms]) =>
  terms.map((term) => `<${scheme}${term}> <http://www.w3.org/2004/02/skos/core#inScheme> <${scheme}> .`),
);

/** What the rules of DCAT-AP.de find on a document, worst first. */
async function findings(document: object): Promise<string[]> {
  const { default: jsonld } = await import('jsonld');
  const { Parser, Store } = await import('n3');
  const { default: Validator } = await import('rdf-validate-shacl');
  const statements = (await jsonld.toRDF(JSON.parse(JSON.stringify(document)) as object, {
    format: 'application/n-quads',
  })) as unknown as string;
  const shapes = new Store(new Parser().parse(readShipped(SHAPES)));
  const data = new Store(new Parser().parse(`${statements}\n${MEMBERS.join('\n')}`));
  const { results } = await new Validator(shapes).validate(data);
  return results.map(({ message, value }) => `${message.map((it) => it.value).join()} ${value?.value ?? ''}`);
}

describe('the catalogue', () => {
  const listed = catalogue({ publisher: 'GIZ', asOf: '2026-06-30' }, 'https://fund.example') as Record<string, object>;

  it('keeps every rule of DCAT-AP.de 2.0', async () => {
    expect(await findings(listed)).toEqual([]);
  });

  it.each([
    ['dct:license', { 'dct:license': 'free' }, /dct:license MUSS eine IRI sein/],
    [
      'dcat:contactPoint',
      { 'dcat:contactPoint': { '@type': 'foaf:Person' } },
      /contactPoint MUSS auf einen vcard:Kind/,
    ],
    ['dct:language', { 'dct:language': { '@id': 'https://fund.example/de' } }, /dct:language/],
  ])('is refused with another %s', async (_name, changed, words) => {
    const dataset = listed['dcat:dataset'] as Record<string, object[]>;
    const files = (dataset['dcat:distribution'] ?? []).map((file) => ({ ...file, ...changed }));
    const spoilt = { ...listed, 'dcat:dataset': { ...dataset, ...changed, 'dcat:distribution': files } };
    expect((await findings(spoilt)).join('\n')).toMatch(words);
  });
});
