import * as fc from 'fast-check';
import type { KnownAssignment } from '../src/assignments/assignment-copy.reader';
import { type IndicatorValue, STANDARD_INDICATORS, STANDARD_KEYS } from '#contracts/partnership';
import type { KnownPartnership, KnownTown } from '../src/publishing/portfolio';
import type { KnownResult } from '../src/publishing/public-results';

export const FIELD_KEYS = ['waste_management', 'health', 'water_supply'];

const day = fc
  .date({ min: new Date('2023-01-01T00:00:00Z'), max: new Date('2026-06-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
/** Names as people have them, with what XML has to escape. */
const name = fc.constantFrom(
  'Moshi',
  'Cap-Haïtien & Co',
  'São <Tomé>',
  'Łódź "Nord"',
  'مدينة',
  '北京',
  "N'Djamena, Ville",
);

/** Whatever the services may know of a fund: for tests that try many. */
export const anyKnown = fc
  .record({
    towns: fc.array(town('PARTNER'), { minLength: 1, maxLength: 8 }),
    german: fc.array(town('DE'), { minLength: 1, maxLength: 3 }),
    seeds: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
  })
  .chain(({ towns, german, seeds }) =>
    fc
      .tuple(
        ...seeds.map((_, index) => partnership(fc.constant(pick(german, index)), fc.constantFrom(...towns), index)),
      )
      .chain((partnerships) =>
        fc.record({
          partnerships: fc.constant(partnerships),
          towns: fc.constant(new Map([...towns, ...german].map((each) => [each.id, each]))),
          results: fc.array(result(fc.constantFrom(...partnerships.map(({ id }) => id))), { maxLength: 8 }),
          assignments: fc.array(
            assignment(
              fc.constantFrom(...partnerships.map(({ id }) => id)),
              fc.constantFrom(...towns.map(({ id }) => id)),
            ),
            { maxLength: 12 },
          ),
        }),
      ),
  );

function town(side: 'DE' | 'PARTNER'): fc.Arbitrary<KnownTown> {
  return fc.record({
    id: fc.uuid(),
    side: fc.constant(side),
    country: side === 'DE' ? fc.constant('DE') : fc.constantFrom('TZ', 'ZA', 'UA', 'AF', 'XK', 'FR'),
    name,
    registerKey: fc.constant(side === 'DE' ? '08416041' : null),
    geonamesId: fc.option(fc.constant('184622')),
    longitude: fc.option(fc.double({ min: -180, max: 180, noNaN: true })),
    latitude: fc.option(fc.double({ min: -90, max: 90, noNaN: true })),
  });
}

function partnership(
  german: fc.Arbitrary<KnownTown>,
  partner: fc.Arbitrary<KnownTown>,
  index: number,
): fc.Arbitrary<KnownPartnership> {
  return fc.record({
    id: fc.uuid(),
    caseNumber: fc.constant(`KP-2026-${String(index + 1).padStart(4, '0')}-7`),
    kind: fc.constantFrom('PARTNERSHIP', 'PROJECT_PARTNERSHIP'),
    status: fc.constantFrom('PROPOSED', 'ACTIVE', 'DORMANT', 'ENDED'),
    statusSince: day,
    from: fc.option(day),
    to: fc.option(day.map((from) => `${Number(from.slice(0, 4)) + 9}${from.slice(4)}`)),
    towns: fc.tuple(german, partner),
    fields: fc.constantFrom(
      [],
      [{ key: 'waste_management', percent: 100 }],
      [
        { key: 'waste_management', percent: 33 },
        { key: 'health', percent: 33 },
        { key: 'water_supply', percent: 34 },
      ],
    ),
  });
}

function assignment(partnershipId: fc.Arbitrary<string>, townId: fc.Arbitrary<string>): fc.Arbitrary<KnownAssignment> {
  const money = fc.bigInt(1n, 9_000_000n);
  return fc
    .record({
      id: fc.uuid(),
      partnershipIds: fc.array(partnershipId, { minLength: 1, maxLength: 2 }),
      instrument: fc.constantFrom('INTEGRATED_EXPERT' as const, 'DEVELOPMENT_WORKER' as const, 'LOCAL_EXPERT' as const),
      employerMunicipalityId: townId,
      status: fc.constantFrom(...(['CONFIRMED', 'ACTIVE', 'INTERRUPTED', 'ENDED', 'CANCELLED'] as const)),
      from: day,
      months: fc.integer({ min: 1, max: 48 }),
      amount: money,
      paid: fc.array(fc.record({ on: day, currency: fc.constantFrom('EUR', 'XOF'), minor: money }), { maxLength: 6 }),
    })
    .map(({ months, amount, ...it }) => ({
      ...it,
      to: later(it.from, months),
      confirmedOn: it.from,
      departedOn: ['CONFIRMED', 'CANCELLED'].includes(it.status) ? null : it.from,
      endedOn: it.status === 'ENDED' ? later(it.from, Math.ceil(months / 2)) : null,
      bound: [
        {
          year: 2025,
          amount: { amount: `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`, currency: 'EUR' },
        },
      ],
    }));
}

type KnownIndicator = KnownResult['indicators'][number];

function result(partnershipId: fc.Arbitrary<string>): fc.Arbitrary<KnownResult> {
  return fc.record({
    id: fc.uuid(),
    type: fc.constantFrom('OUTPUT' as const, 'OUTCOME' as const, 'IMPACT' as const),
    origins: fc
      .uniqueArray(partnershipId, { minLength: 1, maxLength: 3 })
      .map((ids) =>
        ids.map((each) => ({ partnershipId: each, projectId: null, projectTitle: null, assignmentId: null })),
      ),
    indicators: fc.array(indicator(), { maxLength: 3 }),
  });
}

function indicator(): fc.Arbitrary<KnownIndicator> {
  return fc.option(fc.constantFrom(...STANDARD_KEYS)).chain((standard) => {
    const kind = standard === null ? ('TEXT' as const) : STANDARD_INDICATORS[standard].kind;
    const figure = fc.option(valueOfKind(kind).map((value) => ({ value })));
    return fc.record({
      standard: fc.constant(standard),
      measure: fc.constant(({ NUMBER: '1', PERCENTAGE: '2', YES_NO: '5', TEXT: '5' } as const)[kind]),
      arithmetic: fc.constantFrom('CUMULATIVE' as const, 'PER_PERIOD' as const),
      isAscending: fc.boolean(),
      sdgTargets: fc.constantFrom([], ['11.6', '17.b']),
      baseline: fc.option(fc.record({ year: fc.integer({ min: 1990, max: 2026 }), value: valueOfKind(kind) })),
      periods: fc
        .array(fc.record({ isLocked: fc.boolean(), target: figure, actual: figure }), { maxLength: 3 })
        .map((periods) =>
          periods.map((each, index) => ({ ...each, from: `${2022 + index}-01-01`, to: `${2023 + index}-01-01` })),
        ),
    });
  });
}

function valueOfKind(kind: IndicatorValue['kind']): fc.Arbitrary<IndicatorValue> {
  const quantity = fc.constantFrom('0', '1', '12.5', '999999999999999.9999', '7');
  switch (kind) {
    case 'NUMBER':
      return quantity.map((number) => ({ kind, number }));
    case 'PERCENTAGE':
      return fc.record({ kind: fc.constant(kind), numerator: quantity, denominator: fc.constantFrom('3', '0.7') });
    case 'YES_NO':
      return fc.boolean().map((isMet) => ({ kind, isMet }));
    case 'TEXT':
      return fc.constant({ kind, text: 'Camilla Canary' });
  }
}

function later(from: string, months: number): string {
  const date = new Date(`${from}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

function pick<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}
