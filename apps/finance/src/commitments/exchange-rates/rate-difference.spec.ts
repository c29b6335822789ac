import { differenceOf, isBeyond } from './rate-difference';

it.each([
  ['110', '100', '10.0', false],
  ['110.000001', '100', '10.0', true],
  ['90', '100', '-10.0', false],
  ['89.95', '100', '-10.1', true],
  ['655.957', '655.957', '0.0', false],
  ['2617.39', '2.61739', '99900.0', true],
])('a rate of %s differs from %s by %s percent: beyond ten is %s', (rate, former, percent, beyond) => {
  expect([differenceOf(rate, former), isBeyond(rate, former, 10)]).toEqual([percent, beyond]);
});
