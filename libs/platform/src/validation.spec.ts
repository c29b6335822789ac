import { z } from 'zod';
import { AppError } from '#contracts';
import { parseRequest } from './validation';

const Request = z.strictObject({ name: z.string(), items: z.array(z.strictObject({ 'a/b': z.int() })) });

function errorsOf(value: unknown): unknown {
  try {
    parseRequest(Request, value);
  } catch (error) {
    return error instanceof AppError ? error.errors : error;
  }
  return undefined;
}

describe('a request', () => {
  it('comes back parsed when it is valid', () => {
    expect(parseRequest(Request, { name: 'x', items: [] })).toEqual({ name: 'x', items: [] });
  });

  it('is refused with a pointer to each faulty field', () => {
    expect(errorsOf({ items: [{ 'a/b': 'no' }], extra: 1 })).toEqual([
      expect.objectContaining({ pointer: '#/name', code: 'INVALID_TYPE' }),
      expect.objectContaining({ pointer: '#/items/0/a~1b', code: 'INVALID_TYPE' }),
      { pointer: '#/extra', code: 'UNRECOGNIZED_KEY', detail: 'is not known here' },
    ]);
  });

  it('lists a hundred faults and says that there are more', () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1]));
    const wrong = Array.from({ length: 5_000 }, () => 'no');
    for (const value of [
      { name: 'x', items: [], ...unknown },
      { name: 'x', items: wrong },
    ]) {
      const errors = errorsOf(value) as { code: string }[];
      expect(errors).toHaveLength(101);
      expect(errors.at(-1)).toMatchObject({ pointer: '#', code: 'FURTHER_ERRORS' });
    }
    const atTheLimit = Object.fromEntries(Object.entries(unknown).slice(0, 100));
    expect(errorsOf({ name: 'x', items: [], ...atTheLimit })).toHaveLength(100);
  });

  it('names a field of any length, and one of half a character, in a short pointer', () => {
    const long = errorsOf({ name: 'x', items: [], ['語'.repeat(300_000)]: 1 }) as { pointer: string }[];
    expect(long[0]?.pointer.length).toBeLessThan(1_000);
    expect(errorsOf({ name: 'x', items: [], '\ud800': 1 })).toMatchObject([{ pointer: '#/%EF%BF%BD' }]);
  });
});
