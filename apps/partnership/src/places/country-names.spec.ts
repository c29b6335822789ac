import { askedPlace } from './country-names';

it.each([
  ['Moshi, Tansania', 'Moshi', 'TZ'],
  ['Moshi (Tanzania)', 'Moshi', 'TZ'],
  ['Moshi Tanzanie', 'Moshi', 'TZ'],
  ['Sfax Túnez', 'Sfax', 'TN'],
  ['San José Costa Rica', 'San José', 'CR'],
  ["Bouaké, Côte d'Ivoire", 'Bouaké', 'CI'],
])('reads the country off %s', (typed, name, country) => {
  expect(askedPlace(typed)).toEqual({ name, country });
});

it('leaves a name alone that is a country as well, or has none behind it', () => {
  expect(askedPlace('Panama')).toEqual({ name: 'Panama', country: undefined });
  expect(askedPlace('Porto Novo')).toEqual({ name: 'Porto Novo', country: undefined });
});
