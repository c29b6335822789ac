interface Membership {
  readonly country: string;
  readonly validFrom: string;
  readonly source: string;
  readonly mark: 'FOUND' | 'GENERAL_KNOWLEDGE' | 'PROPOSAL';
}

const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK';
const BESIDE = 'IS LI NO MC CH SM AD VA GB';
const NEW = 'AL MD ME MK';

/**
 * Countries inside SEPA with the day from which that matters here. DAC countries can be inside: payment type and spending window
 * follow this table, not a map of the world. Who joins later gets a row; nobody has left. Serbia joined in May 2026 and gets its row
 * when the day is compared with the EPC's list (docs/domain.md#bank-formats).
 */
export const SEPA_AREA: readonly Membership[] = [
  ...members(EU, '2021-01-01', 'DZ BANK, SEPA countries: the 27 states of the EU'),
  ...members(BESIDE, '2021-01-01', 'DZ BANK, SEPA countries: beside the EU; inside before the fund paid anything'),
  ...members(NEW, '2025-10-05', 'DZ BANK, SEPA countries: operational readiness from 5 October 2025'),
];

const JOINED_ON = new Map(SEPA_AREA.map(({ country, validFrom }) => [country, validFrom]));

export function isInSepa(country: string, on: string): boolean {
  const joinedOn = JOINED_ON.get(country);
  return joinedOn !== undefined && joinedOn <= on;
}

function members(countries: string, validFrom: string, source: string): Membership[] {
  return countries.split(' ').map((country) => ({ country, validFrom, source, mark: 'FOUND' }));
}
