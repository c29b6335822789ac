import type { ResultView } from '#contracts/partnership';
import type { ApiClient } from './api-client';
import { DEMO_CASES, type DemoCase } from './cases';
import { user } from './demo-token';

const [moshi, durban, kongoussi] = DEMO_CASES as readonly [DemoCase, DemoCase, DemoCase];
const AUTHOR = user('adviser');
const OFFICER = user('programme-officer');
const YEARS = [2023, 2024, 2025];

interface DemoIndicator {
  readonly indicator: object;
  /** By year; the target first. A year without a figure has none. */
  readonly figures: readonly (readonly [target: object, actual: object, parts?: readonly object[]])[];
}

interface DemoResult {
  readonly of: readonly DemoCase[];
  readonly type: string;
  readonly title: Readonly<Record<string, string>>;
  readonly description: string;
  readonly indicators: readonly DemoIndicator[];
  /** What the first year really was, found behind the lock. */
  readonly corrected?: readonly [actual: object, parts: readonly object[]];
}

const number = (value: string) => ({ kind: 'NUMBER', number: value });
const share = (numerator: string, denominator: string) => ({ kind: 'PERCENTAGE', numerator, denominator });
const bySex = (women: string, men: string) => [
  { category: 'FEMALE', value: number(women) },
  { category: 'MALE', value: number(men) },
];

const SEX = [{ dimension: 'SEX', mustAddUp: true }];

const RESULTS: readonly DemoResult[] = [
  {
    of: [moshi],
    type: 'OUTCOME',
    title: {
      de: 'Haushalte in drei Bezirken trennen ihren Abfall',
      en: 'Households of three wards separate their waste',
      fr: 'Les ménages de trois quartiers trient leurs déchets',
      es: 'Los hogares de tres distritos separan sus residuos',
    },
    description: 'Collection reaches every street, and what can be composted goes to the markets’ plant.',
    corrected: [number('7100'), bySex('3750', '3350')],
    indicators: [
      {
        indicator: {
          title: { de: 'Von der Sammlung erreichte Menschen', en: 'People reached by the collection' },
          kind: 'NUMBER',
          standard: 'PEOPLE_REACHED',
          arithmetic: 'CUMULATIVE',
          baseline: { year: 2022, value: number('0') },
          sdgTargets: ['11.6', '12.5'],
          disaggregations: SEX,
        },
        figures: [
          [number('8000'), number('7400'), bySex('3900', '3500')],
          [number('18000'), number('19250'), bySex('10100', '9150')],
          [number('30000'), number('27800'), bySex('14600', '13200')],
        ],
      },
      {
        indicator: {
          title: { de: 'Angeschlossene Haushalte', en: 'Households with a collection' },
          kind: 'PERCENTAGE',
          standard: 'SERVICE_COVERAGE',
          arithmetic: 'CUMULATIVE',
          baseline: { year: 2022, value: share('11200', '22800') },
          sdgTargets: ['11.6'],
        },
        figures: [
          [share('12500', '23000'), share('12300', '23000')],
          [share('15000', '23400'), share('15800', '23400')],
          [share('19000', '24000'), share('18100', '24000')],
        ],
      },
    ],
  },
  {
    of: [moshi, durban],
    type: 'OUTPUT',
    title: {
      de: 'Zwei Verwaltungen bilden ihre Fachleute gemeinsam fort',
      en: 'Two administrations train their staff together',
      fr: 'Deux administrations forment leur personnel ensemble',
      es: 'Dos administraciones capacitan juntas a su personal',
    },
    description:
      'Moshi and eThekwini share a course on waste and water; it counts once, though two partnerships pay for it.',
    indicators: [
      {
        indicator: {
          title: { de: 'Fortgebildete Beschäftigte', en: 'Staff trained' },
          kind: 'NUMBER',
          standard: 'PEOPLE_TRAINED',
          arithmetic: 'PER_PERIOD',
          baseline: null,
          sdgTargets: ['4.4', '17.9'],
          disaggregations: SEX,
        },
        figures: [
          [number('40'), number('36'), bySex('15', '21')],
          [number('60'), number('71'), bySex('38', '33')],
          [number('60'), number('58'), bySex('31', '27')],
        ],
      },
    ],
  },
  {
    of: [kongoussi],
    type: 'OUTCOME',
    title: {
      de: 'Brunnen liefern das ganze Jahr Wasser',
      en: 'Boreholes give water all year',
      fr: 'Les forages donnent de l’eau toute l’année',
      es: 'Los pozos dan agua todo el año',
    },
    description: 'Repaired boreholes, and a fee that pays for their upkeep.',
    indicators: [
      {
        indicator: {
          title: { de: 'Menschen mit Wasser in 500 Metern', en: 'People with water within 500 metres' },
          kind: 'NUMBER',
          standard: 'PEOPLE_REACHED',
          arithmetic: 'CUMULATIVE',
          baseline: { year: 2022, value: number('1200') },
          sdgTargets: ['6.1'],
          disaggregations: SEX,
        },
        figures: [
          [number('2000'), number('2150'), bySex('1120', '1030')],
          [number('4000'), number('3600'), bySex('1900', '1700')],
          [number('6000'), number('6400'), bySex('3350', '3050')],
        ],
      },
    ],
  },
];

/** Results with three years of figures: the first two locked, one of them corrected, the last still open. */
export async function recordResults(api: ApiClient): Promise<void> {
  for (const demo of RESULTS) await record(api, demo);
}

async function record(api: ApiClient, { of, indicators, corrected, ...content }: DemoResult): Promise<void> {
  const origins = of.map(({ partnership }) => ({ partnershipId: partnership.id }));
  let result = await api.post<ResultView>(AUTHOR, '/results', { ...content, origins });
  const act = async (as: typeof AUTHOR, path: string, body: object) => {
    result = await api.post<ResultView>(as, `/results/${result.id}${path}`, body, { ifMatch: result.version });
  };
  for (const { indicator } of indicators) await act(AUTHOR, '/indicators', indicator);
  for (const year of YEARS) await act(AUTHOR, '/periods', { from: `${year}-01-01`, to: `${year + 1}-01-01` });
  for (const [place, { figures }] of indicators.entries()) {
    const indicatorId = result.indicators[place]?.id;
    for (const [year, [target, actual, parts]] of figures.entries()) {
      const at = { indicatorId, periodId: result.periods[year]?.id };
      await act(AUTHOR, '/figures', { ...at, kind: 'TARGET', value: target });
      await act(AUTHOR, '/figures', {
        ...at,
        kind: 'ACTUAL',
        value: actual,
        parts,
        source: 'Statistics of the municipality',
      });
    }
  }
  for (const { id } of result.periods.slice(0, -1)) await act(OFFICER, `/periods/${id}/locks`, {});
  if (!corrected) return;
  const [value, parts] = corrected;
  await act(OFFICER, '/figure-corrections', {
    indicatorId: result.indicators[0]?.id,
    periodId: result.periods[0]?.id,
    kind: 'ACTUAL',
    value,
    parts,
    source: 'Second count, file 4/2024',
    reason: 'One ward had been counted twice.',
  });
}
