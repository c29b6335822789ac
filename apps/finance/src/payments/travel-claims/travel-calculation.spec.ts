import type { RuleRow } from '#rules';
import { shippedTravelRules } from '../../../test/shipped-rules';
import { calculate } from './travel-calculation';
import { assertJourney, claimableUntil, type Journey } from './travel-journey';

const TODAY = '2027-02-10';
type Leg = Journey['legs'][number];
type Day = Journey['days'][number];

function leg(departure: string, arrival: string, place = 'Köln', more: Partial<Leg> = {}): Leg {
  const [departedOn = '', departedAt = ''] = departure.split(' ');
  const [arrivedOn = '', arrivedAt = ''] = arrival.split(' ');
  return {
    departedOn,
    departedAt,
    arrivedOn,
    arrivedAt,
    place,
    country: 'DE',
    means: 'RAIL',
    isCarNeeded: false,
    ...more,
  };
}

function day(on: string, night: Day['night'] = 'NONE', ...freeMeals: Day['freeMeals']): Day {
  return { on, night, freeMeals };
}

function journey(legs: Leg[], days: Day[], more: Partial<Journey> = {}): Journey {
  return { start: { place: 'Tübingen', country: 'DE' }, legs, days, costs: [], ...more };
}

/** Out in the morning of the first day and home in the evening of the last, with days in one place between. */
function stay(place: string, country: string, days: Day[]): Journey {
  const [from = '', to = ''] = [days[0]?.on, days.at(-1)?.on];
  const legs = [
    leg(`${from} 07:00`, `${from} 12:00`, place, { country }),
    leg(`${to} 15:00`, `${to} 20:00`, 'Tübingen'),
  ];
  return journey(legs, days);
}

const days = (from: number, to: number, night: Day['night']) =>
  Array.from({ length: to - from + 1 }, (_, at) =>
    day(`2027-01-${String(from + at).padStart(2, '0')}`, at === to - from ? 'NONE' : night),
  );

function abroad(ruleSet: string, key: string, value: string): RuleRow {
  const row = { ruleSet, key, value, unit: 'EUR', validFrom: '2027-01-01', validTo: null };
  return { ...row, name: `${ruleSet}-${key}`, source: 'of this test', mark: 'CONFIRMED' };
}
const TABLE = [abroad('TRAVEL_DAY_ABROAD', 'TZ', '44.00'), abroad('TRAVEL_NIGHT_ABROAD', 'TZ', '97.00')];

/** What toThrow takes for an error with these members. */
const refusal = (members: object) => expect.objectContaining(members) as Error;
const worth = (it: Journey, rows: RuleRow[] = []) => calculate(it, [], shippedTravelRules(rows));
const amounts = (it: Journey, rows: RuleRow[] = []) =>
  worth(it, rows).lines.map(({ kind, amount }) => `${kind} ${amount.amount}`);

describe('the day allowance at home', () => {
  it('is half on the days of departure and return, whole between, by the amounts of the law', () => {
    expect(amounts(stay('Köln', 'DE', days(11, 13, 'FREE')))).toEqual([
      'DAY_ALLOWANCE 14.00',
      'DAY_ALLOWANCE 28.00',
      'DAY_ALLOWANCE 14.00',
    ]);
  });

  it('of one day needs more than eight hours, to the minute', () => {
    const of = (until: string) =>
      journey(
        [leg('2027-01-11 06:20', '2027-01-11 09:00'), leg('2027-01-11 12:00', `2027-01-11 ${until}`, 'Tübingen')],
        [day('2027-01-11')],
      );
    expect(() => worth(of('14:20'))).toThrow('FINANCE_TRAVEL_NOTHING_DUE');
    expect(amounts(of('14:21'))).toEqual(['DAY_ALLOWANCE 14.00']);
  });

  it('of a night without bed counts once, on the day with more of it', () => {
    const legs = [leg('2027-01-11 20:00', '2027-01-11 22:00'), leg('2027-01-12 04:30', '2027-01-12 06:00', 'Tübingen')];
    expect(worth(journey(legs, [day('2027-01-11'), day('2027-01-12')])).lines).toMatchObject([
      { on: '2027-01-12', amount: { amount: '14.00' } },
    ]);
  });

  it('is shortened for free meals by shares of the full day, never below nothing', () => {
    const all = ['BREAKFAST', 'LUNCH', 'DINNER'] as const;
    const [first, second, third] = [
      day('2027-01-11', 'FREE', 'DINNER'),
      day('2027-01-12', 'FREE', ...all),
      day('2027-01-13', 'NONE', 'BREAKFAST', 'LUNCH'),
    ];
    expect(amounts(stay('Köln', 'DE', [first, second, third]))).toEqual([
      'DAY_ALLOWANCE 14.00',
      'MEAL_KEPT -11.20',
      'DAY_ALLOWANCE 28.00',
      'MEAL_KEPT -5.60',
      'MEAL_KEPT -11.20',
      'MEAL_KEPT -11.20',
      'DAY_ALLOWANCE 14.00',
      'MEAL_KEPT -5.60',
      'MEAL_KEPT -8.40',
    ]);
  });

  it('is half from the fifteenth day at the same place on, and its nights need receipts', () => {
    const long = stay('Köln', 'DE', days(4, 20, 'RECEIPT'));
    const whole = (on: string) => worth(long).lines.find((line) => line.on === on)?.amount.amount;
    expect([whole('2027-01-17'), whole('2027-01-18'), whole('2027-01-20')]).toEqual(['28.00', '14.00', '14.00']);
    expect(() => worth(stay('Köln', 'DE', days(4, 20, 'LUMP_SUM')))).toThrow('FINANCE_TRAVEL_NIGHT_INVALID');
  });

  it('opens to the rule rows that it was made from', () => {
    const { lines, rules } = worth(stay('Köln', 'DE', days(11, 12, 'LUMP_SUM')));
    expect(lines[0]).toMatchObject({ rate: { amount: '14.00' }, percent: '100', rules: [0] });
    expect(rules.map(({ name }) => name)).toEqual(['TRAVEL-DAY-PART-2020', 'TRAVEL-NIGHT-2005']);
  });
});

describe('abroad', () => {
  it('days have the rate of the country, four fifths on departure and return, and nights half of theirs up to 30', () => {
    expect(amounts(stay('Moshi', 'TZ', days(11, 13, 'LUMP_SUM')), TABLE)).toEqual([
      'DAY_ALLOWANCE 35.20',
      'NIGHT 30.00',
      'DAY_ALLOWANCE 44.00',
      'NIGHT 30.00',
      'DAY_ALLOWANCE 35.20',
    ]);
    const cheap = [abroad('TRAVEL_DAY_ABROAD', 'TZ', '44.00'), abroad('TRAVEL_NIGHT_ABROAD', 'TZ', '41.00')];
    expect(amounts(stay('Moshi', 'TZ', days(11, 12, 'LUMP_SUM')), cheap)).toContain('NIGHT 20.50');
  });

  it('a country that the table does not have is one of the others, where the table has such a row', () => {
    const others = [abroad('TRAVEL_DAY_ABROAD', 'OTHER', '50.00')];
    expect(amounts(stay('Moshi', 'TZ', days(11, 12, 'FREE')), others)).toEqual([
      'DAY_ALLOWANCE 40.00',
      'DAY_ALLOWANCE 40.00',
    ]);
  });

  it.each([
    ['days', 'FREE' as const, [], { ruleSet: 'TRAVEL_DAY_ABROAD', key: 'TZ', on: '2027-01-11' }],
    ['nights', 'LUMP_SUM' as const, TABLE.slice(0, 1), { ruleSet: 'TRAVEL_NIGHT_ABROAD', key: 'TZ', on: '2027-01-11' }],
  ])('%s without a row are refused by the name of the row', (_what, night, rows, details) => {
    const refused = () => worth(stay('Moshi', 'TZ', days(11, 12, night)), rows);
    expect(refused).toThrow(
      refusal({
        code: 'FINANCE_TRAVEL_RATE_MISSING',
        details,
        errors: [expect.objectContaining({ detail: `${details.ruleSet} has no row of TZ on 2027-01-11` })],
      }),
    );
  });

  it('a long stay asks for its row, and is cut by it', () => {
    const long = stay('Moshi', 'TZ', days(4, 20, 'FREE'));
    expect(() => worth(long, TABLE)).toThrow(
      refusal({ details: { ruleSet: 'TRAVEL', key: 'abroad-long-stay-cut', on: '2027-01-18' } }),
    );
    const cut = { ...abroad('TRAVEL', 'abroad-long-stay-cut', '10'), unit: 'PERCENT' };
    expect(worth(long, [...TABLE, cut]).lines.find(({ on }) => on === '2027-01-18')?.amount.amount).toBe('39.60');
  });

  it('is not where one is at midnight on the way out, and still is on the day of return', () => {
    const legs = [
      leg('2027-01-11 22:00', '2027-01-12 09:00', 'Moshi', { country: 'TZ', means: 'FLIGHT' }),
      leg('2027-01-12 22:00', '2027-01-13 06:00', 'Tübingen', { means: 'FLIGHT' }),
    ];
    const nights = [day('2027-01-11', 'IN_TRANSPORT'), day('2027-01-12', 'IN_TRANSPORT'), day('2027-01-13')];
    expect(worth(journey(legs, nights), TABLE).lines.map(({ country, amount }) => [country, amount.amount])).toEqual([
      ['DE', '14.00'],
      ['TZ', '44.00'],
      ['TZ', '35.20'],
    ]);
  });
});

describe('the way', () => {
  const drive = (kilometres: number, isCarNeeded = false) =>
    amounts(
      journey(
        [leg('2027-01-11 08:00', '2027-01-11 10:00', 'Köln', { means: 'CAR', kilometres, isCarNeeded })],
        [day('2027-01-11')],
      ),
    );

  it('is paid by the kilometre up to 130 euros; without limit where the car was needed', () => {
    expect(drive(123)).toEqual(['KILOMETRES 24.60']);
    expect(drive(650)).toEqual(['KILOMETRES 130.00']);
    expect(drive(651)).toEqual(['KILOMETRES 130.00']);
    expect(drive(651, true)).toEqual(['KILOMETRES 195.30']);
  });

  it('is less what others paid, and refused where nothing is left', () => {
    const with_ = (amount: string) => ({
      ...stay('Köln', 'DE', days(11, 12, 'FREE')),
      paidByOthers: { amount, currency: 'EUR' },
    });
    expect(worth(with_('27.99')).totalMinor).toBe(1n);
    expect(() => worth(with_('28.00'))).toThrow('FINANCE_TRAVEL_NOTHING_DUE');
    const pounds = { ...with_('1.00'), paidByOthers: { amount: '1.00', currency: 'GBP' } };
    expect(() => worth(pounds)).toThrow('FINANCE_AMOUNT_CURRENCY_MISMATCH');
  });
});

describe('a journey that cannot have been so', () => {
  const good = stay('Köln', 'DE', days(11, 12, 'FREE'));
  const [out, home] = good.legs as [Leg, Leg];
  const receipt = (kind: 'SIDE' | 'LODGING', paidOn = '2027-01-11') => ({
    kind,
    paidOn,
    what: 'Hotel',
    amount: { amount: '80.00', currency: 'EUR' },
  });
  const night = (first: Day['night'], last: Day['night'] = 'NONE') => [
    day('2027-01-11', first),
    day('2027-01-12', last),
  ];

  it('is none of these', () => expect(() => assertJourney(good, TODAY)).not.toThrow());

  it.each<[string, Partial<Journey>, string, string]>([
    ['arrives before it left', { legs: [{ ...out, arrivedAt: '07:00' }, home] }, 'LEGS_INVALID', 'legs/0/arrivedOn'],
    [
      'leaves before it arrived',
      { legs: [out, { ...home, departedOn: '2027-01-11', departedAt: '11:59' }] },
      'LEGS_INVALID',
      'legs/1/departedOn',
    ],
    ['has kilometres by rail', { legs: [{ ...out, kilometres: 5 }, home] }, 'KILOMETRES_INVALID', 'legs/0/kilometres'],
    ['has none by car', { legs: [out, { ...home, means: 'CAR' }] }, 'KILOMETRES_INVALID', 'legs/1/kilometres'],
    ['has not ended', { legs: [out, { ...home, arrivedOn: '2027-02-11' }] }, 'NOT_ENDED', 'legs/1/arrivedOn'],
    ['lacks a day', { days: [day('2027-01-11')] }, 'DAYS_INVALID', 'days'],
    ['has another day', { days: [day('2027-01-11'), day('2027-01-13')] }, 'DAYS_INVALID', 'days/1/on'],
    ['has a day too many', { days: [...good.days, day('2027-01-13')] }, 'DAYS_INVALID', 'days/2/on'],
    ['has a night after it', { days: night('FREE', 'FREE') }, 'NIGHT_INVALID', 'days/1/night'],
    ['slept on no way', { days: night('IN_TRANSPORT') }, 'NIGHT_INVALID', 'days/0/night'],
    ['lacks the receipt of a night', { days: night('RECEIPT') }, 'NIGHT_INVALID', 'days/0/night'],
    ['has the receipt of no night', { costs: [receipt('LODGING')] }, 'NIGHT_INVALID', 'costs/0/kind'],
    ['has a receipt of tomorrow', { costs: [receipt('SIDE', '2027-02-11')] }, 'COST_DATE_INVALID', 'costs/0/paidOn'],
  ])('%s', (_what, more, code, field) => {
    expect(() => assertJourney({ ...good, ...more }, TODAY)).toThrow(
      refusal({
        code: `FINANCE_TRAVEL_${code}`,
        errors: [expect.objectContaining({ pointer: `#/journey/${field}` })],
      }),
    );
  });

  it('is claimed within six months, to the day (BGB 188)', () => {
    expect(claimableUntil(good, 6)).toBe('2027-07-12');
    const of = { ...good, legs: [out, { ...home, arrivedOn: '2026-08-31' }] };
    expect(claimableUntil(of, 6)).toBe('2027-02-28');
  });
});
