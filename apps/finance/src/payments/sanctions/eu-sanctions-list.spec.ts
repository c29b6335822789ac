import { nextEdition, sampleSanctionsList } from '../../../test/sanctions/sanctions-sample';
import { EuSanctionsListReader, type SanctionedSubject } from './eu-sanctions-list';

/** In chunks of any size the list is the same. */
function parseEuSanctionsList(xml: string, chunkLength = xml.length) {
  const subjects: SanctionedSubject[] = [];
  const reader = new EuSanctionsListReader((subject) => subjects.push(subject));
  for (let start = 0; start < xml.length; start += chunkLength) reader.push(xml.slice(start, start + chunkLength));
  return { ...reader.finish(), subjects };
}

const edition = parseEuSanctionsList(sampleSanctionsList());

describe('the EU consolidated sanctions list', () => {
  it('is read with every spelling, place and reference of its subjects', () => {
    expect(edition.generatedAt.toISOString()).toBe('2019-12-31T23:00:00.000Z');
    expect(edition.globalFileId).toBe('990001');
    expect(edition.subjects).toEqual([
      {
        logicalId: '990101',
        referenceNumber: 'EU.9901.11',
        subjectType: 'person',
        names: ['Bartolomäus Quellenfuß', 'Бартоломеус Квелленфус'],
        towns: [],
        countries: ['XK'],
      },
      {
        logicalId: '990102',
        referenceNumber: 'EU.9902.22',
        subjectType: 'enterprise',
        names: ['Nimmerland Import & Export Trading Company'],
        towns: ['Nirgendwo'],
        countries: ['BF'],
      },
    ]);
  });

  it.each([
    ['no XML', 'abc'],
    ['another root', '<list/>'],
    ['no date', sampleSanctionsList().replace(/generationDate="[^"]*"/, '')],
    ['cut off', sampleSanctionsList().slice(0, 2000)],
    ['no subjects', '<export generationDate="2020-01-01T00:00:00Z"/>'],
    ['a subject without name', sampleSanctionsList().replace(/<nameAlias[^>]*Nimmerland[^>]*>/, '')],
    ['a subject without id', sampleSanctionsList().replace('logicalId="990102"', '')],
    ['a subject twice', sampleSanctionsList().replace('logicalId="990102"', 'logicalId="990101"')],
    ['an end tag too few', sampleSanctionsList().replace('</sanctionEntity>', '')],
    [
      'a subject inside a comment',
      sampleSanctionsList().replace('<sanctionEntity', '<!-- <sanctionEntity/> --><sanctionEntity'),
    ],
    [
      'a subject inside another',
      sampleSanctionsList().replace('<nameAlias', '<sanctionEntity logicalId="1"/><nameAlias'),
    ],
    ['text after the root', `${sampleSanctionsList()}<more/>`],
    ['an entity that XML does not name', nextEdition('2020-02-01', 'A&lol;B')],
    ['a reference to no character', nextEdition('2020-02-01', 'A&#xD800;B')],
    ['a root that never ends', `<export>${'<!-- - -->'.repeat(300_000)}`],
    ['entities', sampleSanctionsList().replace('<export', '<!DOCTYPE export [<!ENTITY a "aaaa">]><export')],
  ])('is refused as a whole with %s', (_case, xml) => {
    expect(() => parseEuSanctionsList(xml)).toThrow('FINANCE_SANCTIONS_LIST_INVALID');
  });

  it.each([1, 7, 64, 1000])('is the same when it comes in chunks of %i characters', (chunkLength) => {
    expect(parseEuSanctionsList(sampleSanctionsList(), chunkLength)).toEqual(edition);
  });

  it('reads the characters that XML writes as references', () => {
    const { subjects } = parseEuSanctionsList(nextEdition('2020-02-01', 'A&amp;B &#x41;&lt;'));
    expect(subjects.at(-1)?.names).toEqual(['A&B A<']);
  });
});
