import type { Random } from './random';

const STRINGS: readonly [string, ...string[]] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202etxt.exe',
  '\u200b\u200d\ufeff',
  'ﷺ'.repeat(50),
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!',
  "'; DROP TABLE payout; --",
  "' OR '1'='1",
  '%27%20%00',
  '../../../etc/passwd',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '=cmd|/C calc!A0',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e309',
  '0x10',
  '١٢٣',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '+010000-01-01T00:00:00Z',
  '2026-11-26T25:61:61Z',
  '-infinity',
  '\\',
  '\r\nSet-Cookie: a=b',
  'ｆｕｌｌｗｉｄｔｈ',
  'İstanbul',
  'ß'.repeat(20),
  '👩‍👩‍👧‍👦'.repeat(20),
  'https://127.0.0.1:5432/',
  'http://[::ffff:7f00:1]/',
  'DE89370400440532013000',
];

const NUMBERS: readonly [number, ...number[]] = [
  0,
  -0,
  -1,
  1,
  0.1,
  -0.0000001,
  1e-320,
  1e21,
  1e308,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 63),
  2 ** 63,
];

/** A value that no honest client sends: JSON of any kind, to stand wherever a value stands. */
export function hostileValue(random: Random): unknown {
  switch (random.below(12)) {
    case 0:
      return null;
    case 1:
      return random.isBelow(0.5);
    case 2:
    case 3:
      return random.pick(NUMBERS);
    case 4:
      return [];
    case 5:
      return {};
    case 6:
      return nested(random.pick([10, 100, 3000]), random.isBelow(0.5));
    case 7:
      return random.pick(['x', '\u0000', 'é', '𝒳']).repeat(random.pick([255, 256, 5000, 100_000]));
    case 8:
      return Array.from({ length: random.pick([1, 100, 5000]) }, (_, index) => index);
    case 9:
      // Own members of these names, as only JSON.parse can make them.
      return JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}');
    default:
      return hostileText(random);
  }
}

export function hostileText(random: Random): string {
  return random.pick(STRINGS);
}

function nested(depth: number, isList: boolean): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = isList ? [value] : { a: value };
  return value;
}
