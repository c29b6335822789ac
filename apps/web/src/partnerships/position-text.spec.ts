import { positionText } from './position-text';

it.each([
  ['de', '3,35° S, 37,34° O'],
  ['en', '3.35° S, 37.34° E'],
  ['fr', '3,35° S, 37,34° E'],
] as const)('writes a position in %s', (language, text) => {
  expect(positionText({ latitude: -3.351, longitude: 37.339 }, language)).toBe(text);
});

it('knows the other halves of the Earth', () => {
  expect(positionText({ latitude: 12.5, longitude: -1.25 }, 'es')).toBe('12,5° N, 1,25° O');
});
