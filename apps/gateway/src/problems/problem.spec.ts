import { AppError } from '#contracts';
import { languageOf, preferredLanguage, problemOf, titleOf } from './problem';

describe('a problem', () => {
  it('says what is wrong in the language of the client, with code, trace and fields', () => {
    const error = new AppError(
      'PLATFORM_REQUEST_INVALID',
      { a: 1 },
      { errors: [{ pointer: '#/x', code: 'C', detail: 'd' }] },
    );
    expect(problemOf(error, { instance: '/v1/x', traceId: 't', language: 'de' })).toEqual({
      type: '/problems/platform-request-invalid',
      title: 'Request invalid',
      status: 400,
      detail: expect.stringContaining('erwartete Form') as string,
      instance: '/v1/x',
      code: 'PLATFORM_REQUEST_INVALID',
      traceId: 't',
      details: { a: 1 },
      errors: [{ pointer: '#/x', code: 'C', detail: 'd' }],
    });
  });

  it.each([
    [undefined, 'en'],
    ['de', 'de'],
    ['fr, de;q=0.5, en;q=0.4', 'de'],
    ['en-GB, de;q=0.9', 'en'],
    ['de;q=0, en', 'en'],
  ])('reads Accept-Language %s as %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it('finds the best of more languages', () => {
    expect(preferredLanguage('it, es;q=0.5, fr;q=0.8', ['de', 'en', 'fr', 'es'])).toBe('fr');
    expect(preferredLanguage('it', ['fr', 'es'])).toBeUndefined();
  });

  it('has one title for one code', () => {
    expect(titleOf('FINANCE_COMMITMENT_INSUFFICIENT_FUNDS')).toBe('Commitment insufficient funds');
  });
});
