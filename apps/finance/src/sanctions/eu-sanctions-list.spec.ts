import { nextEdition, sampleSanctionsList } from '../../test/sanctions/sanctions-sample';
import { EuSanctionsListReader, type SanctionedSubject } from './eu-sanctions-list';
import { foldName, NameIndex } from './name-matching';

/** In chunks of any size the list is the same. */
function parseEuSanctionsList(xml: string, chunkLength = xml.length) {
  const subjects: SanctionedSubject[] = [];
  const reader = new EuSanctionsListReader((subject) => subjects.push(subject));
  for (let start = 0; start < xml.length; start += chunkLength) reader.push(xml.slice(start, start + chunkLength));
  return { ...reader.finish(), subjects };
}

const edition = parseEuSanctionsList(sampleSanctionsList());
let index: NameIndex;
beforeAll(async () => {
  index = await NameIndex.build(edition.subjects);
});
const THRESHOLD = 85;
const place = { town: 'Tübingen', country: 'DE' };

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

describe('comparing names', () => {
  it('folds spellings of one name together', () => {
    expect(foldName('Dr. Jürgen Müller')).toBe(foldName('MUELLER, juergen').split(' ').reverse().join(' '));
    expect(foldName('Владимир')).toBe('vladimir');
  });

  it.each([
    'Bartolomaeus Quellenfuss',
    'QUELLENFUß, Bartolomäus',
    'Bartolomeus Quelenfus',
    'Бартоломеус Квелленфус',
    'Bartolomaus Quellenfus',
  ])('finds %s', (name) => {
    const [hit] = index.hits({ names: [name], ...place }, THRESHOLD);
    expect(hit?.logicalId).toBe('990101');
    expect(hit?.explanation).toHaveLength(3);
  });

  it('finds a listed name inside a longer one, and counts the place', () => {
    const names = ['Succursale Nimmerland Import Export Trading Company Nord'];
    const [far] = index.hits({ names, ...place }, 70);
    const [near] = index.hits({ names, town: 'NIRGENDWO', country: 'BF' }, 70);
    expect(far?.logicalId).toBe('990102');
    expect((near?.score ?? 0) - (far?.score ?? 0)).toBe(10);
  });

  it.each(['Jürgen Müller', 'Erika Mustermann', 'Commune de Kongoussi', 'Quell GmbH', 'Bart'])('passes %s', (name) => {
    expect(index.hits({ names: [name], ...place }, THRESHOLD)).toEqual([]);
  });

  it('finds one of 30,000 names', async () => {
    const subjects = Array.from({ length: 30_000 }, (_, number) => ({
      logicalId: String(number),
      referenceNumber: '',
      subjectType: 'person',
      names: [`${word(number)} ${word(number * 7)} ${word(number * 13)}`],
      towns: [],
      countries: [],
    }));
    const large = await NameIndex.build(subjects);
    const [hit] = large.hits({ names: [`${word(7000)} ${word(1000)} ${word(13_000)}`], ...place }, 100);
    expect(hit?.logicalId).toBe('1000');
  });
});

function word(number: number): string {
  const syllables = ['ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'se', 'to', 'vu', 'xi'];
  return Array.from(String(number))
    .map((digit) => syllables[Number(digit)])
    .join('');
}
