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
});
