/**
 * Countries inside SEPA with the day they joined, as far as it matters here. DAC countries can be inside: the payment type
 * follows this table, not a map of the world. Source: domain.md 3.9 (DZ-PAIN).
 */
const LONG_INSIDE = [
  ...[
    'AT',
    'BE',
    'BG',
    'CY',
    'CZ',
    'DE',
    'DK',
    'EE',
    'ES',
    'FI',
    'FR',
    'GR',
    'HR',
    'HU',
    'IE',
    'IT',
    'LT',
    'LU',
    'LV',
    'MT',
  ],
  ...['NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK', 'IS', 'LI', 'NO', 'MC', 'CH', 'SM', 'AD', 'VA', 'GB'],
];
const JOINED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(LONG_INSIDE.map((country) => [country, '2021-01-01'])),
  AL: '2025-10-05',
  MD: '2025-10-05',
  ME: '2025-10-05',
  MK: '2025-10-05',
};

export function isInSepa(country: string, on: string): boolean {
  const joinedOn = JOINED[country];
  return joinedOn !== undefined && joinedOn <= on;
}
