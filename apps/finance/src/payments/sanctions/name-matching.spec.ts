import type { SanctionedSubject } from './eu-sanctions-list';
import { foldName } from './name-folding';
import { doubtsAbout, NameIndex } from './name-matching';

const THRESHOLD = 85;
const place = { town: 'Tübingen', country: 'DE' };

function listed(logicalId: string, names: readonly string[], more: Partial<SanctionedSubject> = {}): SanctionedSubject {
  return { logicalId, referenceNumber: '', subjectType: 'person', names, towns: [], countries: [], ...more };
}

let index: NameIndex;
beforeAll(async () => {
  index = await NameIndex.build([
    // The list names another country than the payee's: that lowers each score.
    listed('person', ['Bartolomäus Quellenfuß'], { countries: ['XK'] }),
    listed('company', ['Nimmerland Import Export Trading Company'], { towns: ['Nirgendwo'], countries: ['BF'] }),
    listed('other script', ['Сергей Ничейский'], { countries: ['XK'] }),
    listed('three words', ['Mohammed Yusuf al-Beispieli'], { countries: ['XK'] }),
  ]);
});
const best = (name: string) => index.hits({ names: [name], ...place }, THRESHOLD)[0]?.logicalId;

it('folds spellings of one name together', () => {
  expect(foldName('Dr. Jürgen Müller')).toBe(foldName('MUELLER, juergen').split(' ').reverse().join(' '));
  expect(foldName('Владимир')).toBe('vladimir');
});

const plain = 'Bartolomäus Quellenfuß';

describe('a listed name is found', () => {
  it.each([
    ['as it is', plain],
    ['with its umlauts written out', 'Bartolomaeus Quellenfuss'],
    ['family name first', 'QUELLENFUß, Bartolomäus'],
    ['with letters left out', 'Bartolomeus Quelenfus'],
    ['in Cyrillic', 'Бартоломеус Квелленфус'],
    ['with dots between the letters', Array.from('BartolomäusQuellenfuß').join('.')],
    ['with blanks between the letters', Array.from('BartolomäusQuellenfuß').join(' ')],
    ['spaced, family name first', 'Q u e l l e n f u ß B a r t o l o m ä u s'],
    ['with blanks in the words', 'Bartolo mäus Quellen fuß'],
    ['in one word', 'BartolomäusQuellenfuß'],
    ['with hyphens', 'Barto-lo-mäus Quel-len-fuß'],
    [
      'with mathematical letters',
      plain.replace(/[aeou]/g, (c) => String.fromCodePoint(0x1d41a + c.charCodeAt(0) - 97)),
    ],
    ['in fullwidth letters', plain.replace(/[a-z]/gi, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0))],
    ['in ringed letters', 'Ⓑⓐⓡⓣⓞⓛⓞⓜⓐⓤⓢ Ⓠⓤⓔⓛⓛⓔⓝⓕⓤⓢⓢ'],
    ['with Cyrillic letters that look Latin', 'Ваrtоlоmäus Quеllеnfuß'],
    ['with Greek letters that look Latin', 'Βαrtοlοmäus Quellεnfuß'],
    ['with digits that look like letters', 'Bart0l0mäu5 Quel1enfuß'],
    ['with letters doubled', 'Bbarttolomäuss Quellennfuuß'],
    ['with decomposed letters', plain.normalize('NFD')],
    [
      'with marks on the letters',
      Array.from(plain)
        .map((c) => (c === ' ' ? c : `${c}\u0323`))
        .join(''),
    ],
    ['with an initial', 'B. Quellenfuß'],
    ['with an initial, family name first', 'Quellenfuss B'],
    ['with a title', 'Prof. Dr. Bartolomäus Quellenfuß'],
    ['with a middle name', 'Bartolomäus K. Quellenfuß'],
  ])('%s', (_, name) => {
    expect(best(name)).toBe('person');
  });

  it.each([
    ['Muhamad Youssef al Beispieli', 'three words'],
    ['M. Y. Beispieli', 'three words'],
    ['M. Beispieli', 'three words'],
    ['Beispieli, Mohammed Yusuf', 'three words'],
    ['Mohamed Youssuf Albeispieli', 'three words'],
    ['Sergey Nicheyskiy', 'other script'],
    ['Sergej Nitscheiski', 'other script'],
    ['Ceргей Ничeйcкий', 'other script'],
  ])('by sound and parts: %s', (name, logicalId) => {
    expect(best(name)).toBe(logicalId);
  });

  it('inside a longer one, and the place counts', () => {
    const names = ['Succursale Nimmerland Import Export Trading Company Nord'];
    const [far] = index.hits({ names, ...place }, 70);
    const [near] = index.hits({ names, town: 'NIRGENDWO', country: 'BF' }, 70);
    expect(far?.logicalId).toBe('company');
    expect((near?.score ?? 0) - (far?.score ?? 0)).toBe(10);
    expect(near?.explanation).toHaveLength(3);
  });

  it('among 30,000', async () => {
    const subjects = Array.from({ length: 30_000 }, (_, number) =>
      listed(String(number), [`${word(number)} ${word(number * 7)} ${word(number * 13)}`]),
    );
    const large = await NameIndex.build(subjects);
    const [hit] = large.hits({ names: [`${word(7000)} ${word(1000)} ${word(13_000)}`], ...place }, 100);
    expect(hit?.logicalId).toBe('1000');
  });
});

describe('another name passes', () => {
  it.each([
    'Jürgen Müller',
    'Erika Mustermann',
    'Commune de Kongoussi',
    'Quell GmbH',
    'Bart',
    'B. Müller',
    'Q. Bartolini',
    'Sergey Ivanov',
    'Mohammed Yusuf Ibrahim',
    'M. Yusuf',
  ])('%s', (name) => {
    expect(index.hits({ names: [name], ...place }, THRESHOLD)).toEqual([]);
  });
});

describe('a name of which little can be read', () => {
  it.each(['★★★★★ Müller', 'B🅰🆁🆃lm🅰s', '𓀀𓀁𓀂 Bart', 'ꯃꯅꯤꯄꯨꯔ', 'GmbH', 'Q.', '???', 'ab'])('is in doubt: %s', (name) => {
    expect(doubtsAbout([name])).toHaveLength(1);
  });

  it.each([
    'Jürgen Müller',
    'محمد بن علي',
    '习近平',
    'Владимир Подъяпольский',
    'Ng Wu',
    'A+B & Co. KG',
    'דוד כהן',
    'ශ්\u200dරී ලංකා',
    'अमित शर्मा',
  ])('and is not: %s', (name) => {
    expect(doubtsAbout([name])).toEqual([]);
  });
});

function word(number: number): string {
  const syllables = ['ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'se', 'to', 'vu', 'xi'];
  return Array.from(String(number))
    .map((digit) => syllables[Number(digit)])
    .join('');
}
