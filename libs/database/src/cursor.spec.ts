import { CursorSeal, listIdentity } from './cursor';

describe('a list cursor', () => {
  const seal = new CursorSeal('a secret of this test', 'events');
  const list = listIdentity({ status: ['PUBLISHED'] }, ['starts_at asc']);
  const position = { side: 'after', keys: ['Müller', '0190b6a2-0000-7000-8000-000000000001'] } as const;

  it('gives back the position it was made from', () => {
    expect(seal.open(seal.seal(position, list), list, 2)).toEqual(position);
  });

  it('is the same for the same position', () => {
    expect(seal.seal(position, list)).toBe(seal.seal(position, list));
  });

  it('does not show the sort values', () => {
    expect(Buffer.from(seal.seal(position, list), 'base64url').toString()).not.toContain('Müller');
  });

  it('is refused when any character of it was altered', () => {
    const cursor = seal.seal(position, list);
    for (let index = 0; index < cursor.length - 1; index++) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      const altered = cursor.slice(0, index) + other + cursor.slice(index + 1);
      expect(() => seal.open(altered, list, 2)).toThrow('PLATFORM_CURSOR_INVALID');
    }
  });

  it.each([
    ['another filter', listIdentity({ status: ['DRAFT'] }, ['starts_at asc'])],
    ['another order', listIdentity({ status: ['PUBLISHED'] }, ['starts_at desc'])],
  ])('is refused for a list with %s', (_, other) => {
    expect(() => seal.open(seal.seal(position, list), other, 2)).toThrow('PLATFORM_CURSOR_INVALID');
  });

  it.each(['', 'x', 'AAAA', 'ß'.repeat(40)])('is refused when it is %j', (text) => {
    expect(() => seal.open(text, list, 2)).toThrow('PLATFORM_CURSOR_INVALID');
  });

  it('is refused by another service with the same secret', () => {
    const other = new CursorSeal('a secret of this test', 'finance');
    expect(() => other.open(seal.seal(position, list), list, 2)).toThrow('PLATFORM_CURSOR_INVALID');
  });
});
