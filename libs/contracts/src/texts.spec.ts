import { z } from 'zod';
import { OPERATIONS } from './catalogue';
import { Line, MachineText, Text } from './texts';

/** One of each kind that nobody sees, that turns the order around, or that nobody assigned. */
const HIDDEN: Readonly<Record<string, string>> = {
  NUL: '\u0000',
  'a control': '\u001b',
  'a C1 control': '\u0085',
  'the soft hyphen': '\u00ad',
  'the combining grapheme joiner': '\u034f',
  'the Arabic letter mark': '\u061c',
  'a Hangul filler': '\u3164',
  'the halfwidth Hangul filler': '\uffa0',
  'a zero-width space': '\u200b',
  'a zero-width non-joiner in Latin': '\u200c',
  'a zero-width joiner in Latin': '\u200d',
  'a left-to-right mark': '\u200e',
  'an override': '\u202e',
  'an isolate': '\u2066',
  'the word joiner': '\u2060',
  'a line separator': '\u2028',
  'a paragraph separator': '\u2029',
  'the empty Braille cell': '\u2800',
  'the byte order mark': '\ufeff',
  'a variation selector': '\ufe00',
  'an ideographic variation selector': '\u{e0101}',
  'a tag': '\u{e0041}',
  'a private character': '\ue000',
  'a lone surrogate': '\ud800',
  'a noncharacter': '\uffff',
  'an unassigned character': '\u0378',
  'a musical beam': '\u{1d173}',
};

describe.each(Object.entries(HIDDEN))('%s', (_, hidden) => {
  it('is refused in lines, texts and what machines read, with its code point', () => {
    const code = (hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    for (const kind of [Line(20), Text(20)]) {
      const outcome = kind.safeParse(`Ab${hidden}cd`);
      expect(outcome.success).toBe(false);
      expect(outcome.error?.issues[0]?.message).toContain(`U+${code} (after 2 characters)`);
    }
    expect(MachineText(20).safeParse(`Ab${hidden}cd`).success).toBe(false);
  });
});

describe('a line', () => {
  it.each([
    'Çağla Ğökçe-Şahin',
    'Đặng Thị Hồng',
    "N'Guessan d’Étoile",
    'محمد بن عبد الله',
    'می\u200cخواهم',
    'ශ්\u200dරී ලංකා',
    'क्\u200dष',
    'Кіровоград',
    '東京都',
    'Fest 🎉 ✔\ufe0f 👩\u200d🌾 👩🏽\u200d🌾',
    'Straße 5 – Nr. 7/8',
  ])('takes %s as it is', (text) => {
    expect(Line(60).parse(text)).toBe(text.normalize('NFC'));
  });

  it('has plain blanks and composed letters', () => {
    expect(Line(60).parse('\u3000Ouaga\u00a0dougou\u2009u\u0308ber ')).toBe('Ouaga dougou über');
  });

  it('refuses emptiness, line breaks, and a joiner beside a letter that needs none', () => {
    for (const text of ['', '  ', '\u00a0', 'a\nb', 'a\tb', 'م\u200d', 'a\u200dم', '\u200dم', '🌾\u200dx']) {
      expect(Line(60).safeParse(text).success).toBe(false);
    }
  });
});

describe('a text of several lines', () => {
  it('takes line breaks and tabs', () => {
    expect(Text(60).parse('eins\r\n\tzwei')).toBe('eins\r\n\tzwei');
  });
});

/** What a schema may be that holds no string. */
const WITHOUT_STRINGS: readonly string[] = ['enum', 'literal', 'number', 'boolean', 'transform'];
/** Whole files as text: their readers judge them, and what they hold is shown as the bank sent it. */
const FILES = ['rpc.finance.bank-message.import.content'];

describe('every string of every request', () => {
  const strings = OPERATIONS.flatMap(({ subject, request }) => stringsOf(request, subject));

  it('is found', () => {
    expect(strings.length).toBeGreaterThan(400);
    expect(strings.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['rpc.finance.payee.create.name', ...FILES]),
    );
  });

  it('would be found free if it were', () => {
    expect(
      [z.string().max(30), z.string().regex(/^.{12}/), z.string().startsWith('https://')].map(takesHidden),
    ).toEqual([true, true, true]);
  });

  it('refuses what is hidden, whatever its length', () => {
    const free = strings.filter(({ path, schema }) => !FILES.includes(path) && takesHidden(schema));
    expect(free.map(({ path }) => path)).toEqual([]);
  });
});

function takesHidden(schema: z.core.$ZodType): boolean {
  const fillings = ['a', '1', 'A', 'https://a.example/', '2027-01-01'];
  return Object.values(HIDDEN).some((hidden) =>
    fillings.some((filling) =>
      [0, 8, 16, 40].some((length) => isTaken(schema, `${filling}${hidden}${filling.padEnd(length, filling)}`)),
    ),
  );
}

function isTaken(schema: z.core.$ZodType, text: string): boolean {
  return (schema as z.ZodType).safeParse(text).success;
}

interface StringSchema {
  readonly path: string;
  readonly schema: z.core.$ZodType;
}

/** The strings within a schema. Of a pipe its whole is tried: what follows the string may refuse it. */
function stringsOf(schema: z.core.$ZodType, path: string): StringSchema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (WITHOUT_STRINGS.includes(def.type)) return [];
  if (def.type === 'string') return [{ path, schema }];
  if (def.type === 'array') return stringsOf(def.element, path);
  if (def.type === 'record') return [...stringsOf(def.keyType, `${path} key`), ...stringsOf(def.valueType, path)];
  if (def.type === 'union') return def.options.flatMap((option) => stringsOf(option, path));
  if (def.type === 'object') {
    return Object.entries(def.shape).flatMap(([name, member]) => stringsOf(member, `${path}.${name}`));
  }
  if (def.type === 'optional' || def.type === 'nullable' || def.type === 'default') {
    return stringsOf(def.innerType, path);
  }
  if (def.type === 'pipe') {
    return isString(def.in) ? [{ path, schema }] : [...stringsOf(def.in, path), ...stringsOf(def.out, path)];
  }
  throw new Error(`${path}: strings in ${def.type} are not looked for yet`);
}

function isString(schema: z.core.$ZodType): boolean {
  return (schema as z.core.$ZodTypes)._zod.def.type === 'string';
}
