import { returnPath } from './return-path';

describe('after signing in', () => {
  it.each(['/', '/partnerships', '/payouts?status=DUE&sort=-dueOn', '/assignments/1#costs', '/reports/a%2Fb'])(
    'the browser comes back to %s',
    (path) => {
      expect(returnPath(path)).toBe(path);
    },
  );

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    'partnerships',
    '',
    undefined,
    ['/a', '/b'],
    `/${'a'.repeat(2000)}`,
    '/auth/sign-in?returnTo=/auth/sign-in',
    '/auth',
    '/x/../auth/callback',
  ])('%p leads to the start page', (wanted) => {
    expect(returnPath(wanted)).toBe('/');
  });
});
