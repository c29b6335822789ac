import type { RequestInputOf } from '#contracts';
import {
  type addIndicator,
  type Category,
  correctFigure,
  getResultTotals,
  type IndicatorValue,
  listResultFigures,
  listResultLeaves,
  recordFigure,
  type ResultLeafView,
  type ResultView,
  setResultOrigins,
  withdrawResult,
} from '#contracts/partnership';
import { newId } from '#platform';
import { caller, type TestService } from '#testing';
import { activate, officer, recordGerman, recordPartner, startPartnership } from '../../test/partnership.factory';
import { corrector, number, people, recorder, ResultsAtWork, share, YEARS } from '../../test/results.factory';

type NewIndicator = Omit<RequestInputOf<typeof addIndicator>, 'resultId'>;

const coverage: NewIndicator = {
  ...people,
  kind: 'PERCENTAGE',
  standard: 'SERVICE_COVERAGE',
  arithmetic: 'CUMULATIVE',
  sdgTargets: ['11.6', '11.1', '6.2'],
  disaggregations: [],
};
const trained: NewIndicator = {
  ...people,
  standard: 'PEOPLE_TRAINED',
  arithmetic: 'PER_PERIOD',
  sdgTargets: ['4.4'],
  disaggregations: [{ dimension: 'SEX', mustAddUp: false }],
};
const lasts: NewIndicator = {
  ...people,
  kind: 'YES_NO',
  standard: 'STRUCTURE_LASTS',
  arithmetic: undefined,
  disaggregations: [],
};
const own: NewIndicator = { ...people, standard: undefined, unit: 'bins' };

let app: TestService;
let results: ResultsAtWork;
/** Two in Tanzania, one in Ghana. */
let partnerships: string[];
let german: string;

beforeAll(async () => {
  app = await startPartnership();
  results = new ResultsAtWork(app);
  const town = await recordGerman(app);
  german = town.id;
  const partners = [
    await recordPartner(app),
    await recordPartner(app, { names: { official: 'Mwanza' } }),
    await recordPartner(app, { names: { official: 'Accra' }, country: 'GH' }),
  ];
  partnerships = [];
  for (const partner of partners) partnerships.push((await activate(app, { german: town, partner })).id);
}, 60_000);
afterAll(() => app.close());

type Filter = RequestInputOf<typeof getResultTotals>;
const totals = (filter: Filter, as = officer) => app.rpc(getResultTotals, filter, as);
const total = async (standard: string, filter: Filter = {}) =>
  (await totals(filter)).items.find((row) => row.standard === standard);

describe('a total of results', () => {
  it('counts a result that two partnerships share once in itself, and once in each of them', async () => {
    const [first, second, third] = partnerships as [string, string, string];
    const shared = await results.of([first, second, third]);
    const alone = await results.of([first]);
    for (const [result, value] of [
      [shared, '100'],
      [alone, '10.5'],
    ] as const) {
      await results.observe(result, number(value));
      await results.lock(result);
    }
    expect(await total('PEOPLE_REACHED')).toMatchObject({
      group: null,
      indicators: 2,
      results: 2,
      actual: number('110.5'),
    });
    const by = async (what: Filter['by']) =>
      (await totals({ by: what })).items.map(({ group, actual }) => [group, actual]);
    expect(await by('COUNTRY')).toEqual([
      ['GH', number('100')],
      ['TZ', number('110.5')],
    ]);
    expect(new Map((await by('PARTNERSHIP')) as [string, unknown][])).toEqual(
      new Map([
        [first, number('110.5')],
        [second, number('100')],
        [third, number('100')],
      ]),
    );
    expect(await by('SDG_GOAL')).toEqual([['11', number('110.5')]]);
    for (const { id } of [shared, alone]) await results.act(withdrawResult, { resultId: id, reason: 'end' }, officer);
    expect(await totals({})).toEqual({ items: [], omitted: 0 });
  });

  it('adds numerators and denominators, and never percentages', async () => {
    const [first] = partnerships as [string];
    const one = await results.of([first], [coverage]);
    const two = await results.of([first], [coverage]);
    await results.observe(one, share('90', '100'));
    await results.observe(two, share('10', '900'));
    const row = await total('SERVICE_COVERAGE', { withOpen: true });
    expect(row?.actual).toEqual(share('100', '1000'));
    // Two targets of one goal count once in it.
    const goals = (await totals({ withOpen: true, by: 'SDG_GOAL' })).items;
    expect(goals).toMatchObject([
      { group: '6', indicators: 2, actual: share('100', '1000') },
      { group: '11', indicators: 2, actual: share('100', '1000') },
    ]);
    for (const { id } of [one, two]) await results.act(withdrawResult, { resultId: id, reason: 'end' }, officer);
  });

  it('is one of locked periods, unless the open ones are asked for too', async () => {
    const result = await results.of([partnerships[0] ?? '']);
    await results.observe(result, number('5'));
    await results.observe(result, number('50'), { year: 2, kind: 'TARGET', source: undefined });
    expect(await total('PEOPLE_REACHED')).toMatchObject({ target: number('50'), actual: null });
    expect(await total('PEOPLE_REACHED', { withOpen: true })).toMatchObject({ actual: number('5') });
    await results.lock(result);
    expect(await total('PEOPLE_REACHED')).toMatchObject({ actual: number('5') });
    await results.act(withdrawResult, { resultId: result.id, reason: 'end' }, officer);
  });

  it('shows a town what is its own, and nobody more', async () => {
    const result = await results.of([partnerships[0] ?? '']);
    await results.observe(result, number('7'));
    const town = caller('municipality-de', { municipalityId: german });
    const stranger = caller('municipality-de', { municipalityId: newId() });
    const filter = { withOpen: true };
    expect((await totals(filter, town)).items).toMatchObject([{ actual: number('7') }]);
    expect((await totals(filter, stranger)).items).toEqual([]);
    expect((await app.rpc(listResultLeaves, filter, stranger)).items).toEqual([]);
    await results.act(withdrawResult, { resultId: result.id, reason: 'end' }, officer);
  });
});

/** A generator whose sequence a failure can be repeated with. */
function sequence(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const SCALE = 10_000n;
const scaled = (decimal: string): bigint => {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole) * SCALE + BigInt(fraction.padEnd(4, '0'));
};
const unscaled = (value: bigint): string =>
  `${value / SCALE}.${(value % SCALE).toString().padStart(4, '0')}`.replace(/\.?0+$/, '');

/** What the test itself knows was recorded last: by result, indicator and year. */
type Known = Map<string, { readonly value: IndicatorValue; readonly women?: string }>;

describe('totals after random edits and corrections', () => {
  const KINDS = [people, coverage, trained, lasts, own];

  it.each([1, 2026, 77])(
    'are what their leaves add up to, and what was recorded last (seed %s)',
    async (seed) => {
      const random = sequence(seed);
      const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;
      const known: Known = new Map();
      const portfolio: { result: ResultView; origins: string[] }[] = [];
      for (let index = 0; index < 4; index += 1) {
        const origins = partnerships.filter(() => random(2) === 0);
        if (origins.length === 0) origins.push(pick(partnerships));
        portfolio.push({ result: await results.of(origins, KINDS), origins });
      }
      const locked = new Set<string>();
      for (let step = 0; step < 60; step += 1) {
        const { result } = pick(portfolio);
        const [indicator, year] = [random(KINDS.length), random(YEARS.length)];
        const { value, women } = randomValue(KINDS[indicator] as NewIndicator, { random, year });
        const parts = women === undefined ? [] : [{ category: 'FEMALE' as const, value: number(women) }];
        const figure = { ...results.figure(result, value, { indicator, year }), parts };
        const place = `${result.id} ${year}`;
        const isKnown = known.has(`${place} ${indicator}`);
        if (!locked.has(place)) await results.act(recordFigure, figure, recorder);
        else if (isKnown && (await mayCorrect(figure)))
          await results.act(correctFigure, { ...figure, reason: 'recount' }, corrector);
        else continue;
        known.set(`${place} ${indicator}`, { value, women });
        if (random(4) === 0 && !locked.has(place)) {
          await results.lock(result, year);
          locked.add(place);
        }
      }
      const last = portfolio[0];
      if (last) {
        last.origins = [...partnerships];
        const origins = partnerships.map((partnershipId) => ({ partnershipId }));
        await results.act(setResultOrigins, { resultId: last.result.id, origins }, officer);
      }
      for (const withOpen of [true, false]) {
        const counts = (place: string) => withOpen || locked.has(place);
        for (const group of [undefined, ...partnerships]) {
          const filter = { withOpen, ...(group !== undefined && { partnershipId: group }) };
          const { items } = await totals(filter);
          const its = portfolio.filter(({ origins }) => group === undefined || origins.includes(group));
          for (const [index, { standard }] of KINDS.entries()) {
            const shown = items.find((row) => row.standard === standard);
            const expected = its.map(({ result }) =>
              recomputed({ known, counts, result, index, kind: KINDS[index] as NewIndicator }),
            );
            if (standard === undefined) continue;
            expect(shown?.actual ?? null).toEqual(added(expected));
            const leaves = await app.rpc(listResultLeaves, { ...filter, standard }, officer);
            expect(leaves.items).toHaveLength(shown?.indicators ?? 0);
            expect(shown?.actual ?? null).toEqual(added(leaves.items.map(({ actual }) => actual)));
            expect(shown?.parts ?? []).toEqual(partsOf(leaves.items));
          }
        }
      }
      for (const { result } of portfolio)
        await results.act(withdrawResult, { resultId: result.id, reason: 'end' }, officer);
    },
    120_000,
  );

  /** Only the first correction is another person's than the one before. */
  async function mayCorrect({
    resultId,
    indicatorId,
    periodId,
  }: {
    resultId: string;
    indicatorId: string;
    periodId: string;
  }) {
    const { items } = await app.rpc(listResultFigures, { resultId, indicatorId, isCurrent: true, limit: 200 }, officer);
    return items.find((figure) => figure.periodId === periodId)?.recordedBy === recorder.subject;
  }
});

function randomValue(
  { kind, arithmetic, disaggregations = [] }: NewIndicator,
  { random, year }: { random: (below: number) => number; year: number },
): { value: IndicatorValue; women?: string } {
  // Of a cumulative series each year has a band of its own, so that no edit makes it fall.
  const from = arithmetic === 'CUMULATIVE' ? year * 1000 : 0;
  const quantity = `${from + random(1000)}.${random(10_000)}`;
  if (kind === 'YES_NO') return { value: { kind, isMet: random(2) === 0 } };
  if (kind === 'PERCENTAGE') return { value: { kind, numerator: quantity, denominator: `${1 + random(5000)}` } };
  const isBroken = disaggregations.some(({ dimension, mustAddUp }) => dimension === 'SEX' && !mustAddUp);
  return { value: number(quantity), ...(isBroken && { women: `${Math.floor(Number(quantity))}` }) };
}

interface Recomputing {
  readonly known: Known;
  readonly counts: (place: string) => boolean;
  readonly result: ResultView;
  readonly index: number;
  readonly kind: NewIndicator;
}

/** What one indicator gives, from what the test recorded. */
function recomputed({ known, counts, result, index, kind: { arithmetic } }: Recomputing): ResultLeafView['actual'] {
  const values = YEARS.flatMap((_, year) => {
    const place = `${result.id} ${year}`;
    const figure = counts(place) ? known.get(`${place} ${index}`) : undefined;
    return figure ? [figure.value] : [];
  });
  const counted = arithmetic === 'PER_PERIOD' ? values : values.slice(-1);
  return added(
    counted.map((value) => {
      if (value.kind === 'YES_NO') return { kind: 'YES_NO', met: value.isMet ? 1 : 0, answered: 1 };
      return value.kind === 'TEXT' ? null : value;
    }),
  );
}

function added(all: readonly ResultLeafView['actual'][]): ResultLeafView['actual'] {
  return all.reduce((sum, value) => {
    if (sum === null || value === null) return sum ?? canonical(value);
    if (sum.kind === 'NUMBER' && value.kind === 'NUMBER')
      return number(unscaled(scaled(sum.number) + scaled(value.number)));
    if (sum.kind === 'YES_NO' && value.kind === 'YES_NO')
      return { kind: 'YES_NO', met: sum.met + value.met, answered: sum.answered + value.answered };
    if (sum.kind === 'PERCENTAGE' && value.kind === 'PERCENTAGE')
      return share(
        unscaled(scaled(sum.numerator) + scaled(value.numerator)),
        unscaled(scaled(sum.denominator) + scaled(value.denominator)),
      );
    throw new Error('kinds mixed');
  }, null);
}

function canonical(value: ResultLeafView['actual']): ResultLeafView['actual'] {
  if (value?.kind === 'NUMBER') return number(unscaled(scaled(value.number)));
  if (value?.kind === 'PERCENTAGE')
    return share(unscaled(scaled(value.numerator)), unscaled(scaled(value.denominator)));
  return value;
}

function partsOf(leaves: readonly ResultLeafView[]): ResultLeafView['parts'] {
  const categories = new Map<Category, bigint>();
  for (const { category, value } of leaves.flatMap(({ parts }) => parts))
    if (value.kind === 'NUMBER') categories.set(category, (categories.get(category) ?? 0n) + scaled(value.number));
  return [...categories].map(([category, sum]) => ({ category, value: number(unscaled(sum)) }));
}
