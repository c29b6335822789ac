import { AppError, ERROR_BOUNDS, fieldError } from './app-error';

const MEBIBYTE = 'ü'.repeat(1024 * 1024);

describe('what an error carries', () => {
  it('is cut to its bounds, however much came in', () => {
    const many = Array.from({ length: 10_000 }, () => MEBIBYTE.slice(0, 2000));
    const details = {
      one: MEBIBYTE,
      list: many,
      ...Object.fromEntries(many.map((text, index) => [`${index}${text}`, text])),
    };
    const errors = many.map((text) => ({ pointer: text, code: text, detail: text }));
    const { length } = JSON.stringify(new AppError('PLATFORM_REQUEST_INVALID', details, { errors }).toReply());
    expect(length).toBeLessThan(256 * 1024);
  });

  it('shows that something was cut, and splits no character', () => {
    const text = fieldError('PLATFORM_REQUEST_INVALID', '#', `${'x'.repeat(ERROR_BOUNDS.text - 2)}😀😀`).errors?.[0]
      ?.detail;
    expect(text).toMatch(/…$/);
    expect(text?.isWellFormed()).toBe(true);
  });

  it('stays as it is within them', () => {
    const details = { a: 'x'.repeat(ERROR_BOUNDS.text), b: 1, c: true, d: null, e: ['x'] };
    expect(new AppError('PLATFORM_REQUEST_INVALID', details).details).toEqual(details);
  });

  it('is cut again where it arrives', () => {
    const reply = { code: 'PLATFORM_REQUEST_INVALID' as const, details: { a: MEBIBYTE } };
    expect(String(AppError.fromReply(reply).details?.a).length).toBe(ERROR_BOUNDS.text);
  });
});
