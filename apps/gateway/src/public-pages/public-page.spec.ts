import { readShipped } from '#platform';
import { html } from './html';
import { catalogue, geoJson } from './open-data';
import { notFoundPage, notYetPage, STYLE } from './frame';
import { type Asked, publicPage, type WorldMap } from './public-page';
import { type Published, publishedIn, type PublishedResult, type PublishedSum } from './published';
import { PUBLIC_LANGUAGES, type PublicLanguage } from './texts';

const map = JSON.parse(readShipped('apps/gateway/data/world-map.json')) as WorldMap;
const sum = (changes: Partial<PublishedSum>): PublishedSum => ({
  place: { level: 'FUND', id: 'fund' },
  kind: 'DISBURSEMENT',
  quarter: '2026-Q1',
  assignments: 3,
  amount: { amount: '10.10', currency: 'EUR' },
  ...changes,
});
const number = (value: string) => ({ kind: 'NUMBER' as const, number: value });
const share = (numerator: string, denominator: string) => ({ kind: 'PERCENTAGE' as const, numerator, denominator });
const year = (from: number) => ({ from: `${from}-01-01`, to: `${from + 1}-01-01`, target: null });
const result = (id: string, partnershipIds: string[], indicators: PublishedResult['indicators']): PublishedResult => ({
  id,
  type: 'OUTPUT',
  partnershipIds,
  indicators,
});
const reached = (arithmetic: 'CUMULATIVE' | 'PER_PERIOD'): PublishedResult['indicators'][number] => ({
  standard: 'PEOPLE_REACHED',
  arithmetic,
  sdgTargets: ['11.6'],
  baseline: { year: 2020, value: number('3') },
  periods: [
    { ...year(2025), actual: number('40.5') },
    { ...year(2024), actual: number('10') },
  ],
});
const served: PublishedResult['indicators'][number] = {
  standard: 'SERVICE_COVERAGE',
  arithmetic: 'CUMULATIVE',
  sdgTargets: [],
  baseline: null,
  periods: [{ ...year(2025), actual: share('1', '3'), target: share('2', '3') }],
};
const words = (text: string) => ({ de: text, en: text, fr: text, es: text });
const german = { isNamed: true, side: 'DE' as const, country: 'DE', registerKey: '08416041' };
const published: Published = {
  asOf: '2026-11-27',
  madeAt: '2026-11-27T08:00:00.000Z',
  publisher: 'GIZ',
  fieldsOfAction: { waste: { name: { de: 'Abfall', en: 'Waste' }, sdgGoals: ['11', '12'] } },
  indicators: {
    PEOPLE_REACHED: { title: words('People reached'), unit: words('persons') },
    SERVICE_COVERAGE: { title: words('Households served'), unit: words('households') },
    STRUCTURE_LASTS: { title: words('Structure works one year later'), unit: words('structures') },
  },
  partnerships: Array.from({ length: 450 }, (_, index) => ({
    id: `p${index}`,
    caseNumber: `KP-2026-${index}`,
    status: 'ACTIVE' as const,
    from: '2014-01-01',
    towns: [
      { ...german, name: 'Tübingen', longitude: 9.0523, latitude: 48.5236 },
      { isNamed: true, side: 'PARTNER' as const, country: 'TZ', name: `Moshi <${index}>` },
    ],
    fields: [{ key: 'waste', percent: 100 }],
  })),
  assignments: [
    {
      id: 'a',
      status: 'ACTIVE',
      instrument: 'LOCAL_EXPERT',
      country: 'UA',
      town: null,
      partnershipIds: [],
      from: '2026-01-01',
      to: '2028-01-01',
    },
  ],
  results: [
    result('r1', ['p7'], [reached('CUMULATIVE'), served]),
    result('r2', ['p7', 'p8'], [reached('PER_PERIOD'), served]),
    result(
      'r3',
      ['p9'],
      [
        {
          ...{ standard: 'STRUCTURE_LASTS', arithmetic: null, sdgTargets: [], baseline: null },
          periods: [
            { ...year(2024), actual: { kind: 'YES_NO', isMet: true } },
            { ...year(2025), actual: { kind: 'YES_NO', isMet: false } },
          ],
        },
      ],
    ),
  ],
  sums: [
    sum({}),
    sum({ quarter: '2026-Q2', amount: { amount: '-0.15', currency: 'EUR' } }),
    sum({
      quarter: '2025-Q4',
      kind: 'COMMITMENT',
      place: { level: 'COUNTRY', id: 'TZ' },
      amount: { amount: '1234567.89', currency: 'EUR' },
    }),
    sum({ quarter: '2026-Q1', place: { level: 'PARTNERSHIP', id: 'p7' }, amount: { amount: '5000', currency: 'XOF' } }),
  ],
  leftOut: { partnerships: 1, assignments: 2, amounts: 3, results: 4 },
};
/** A fund larger than it will ever be, with long names. */
const large: Published = {
  ...published,
  partnerships: published.partnerships.map(({ towns: [home, partner], ...each }, index) => ({
    ...each,
    towns: [
      { ...german, ...home, name: 'Verwaltungsgemeinschaft Tübingen und Umland' },
      {
        ...{ isNamed: true, side: 'PARTNER' as const },
        country: index < 300 ? (partner?.country ?? '') : (Object.keys(map.places)[index - 300] ?? 'TZ'),
        name: `Municipalidad Distrital de San Juan de Lurigancho ${index}`,
      },
    ],
  })),
  assignments: Array.from({ length: 400 }, (_, index) => ({
    ...{ id: `a${index}`, status: 'INTERRUPTED', instrument: 'DEVELOPMENT_WORKER', country: 'TZ' },
    ...{ town: null, partnershipIds: ['p7'], from: '2026-01-01', to: '2028-01-01' },
  })),
  sums: Array.from({ length: 400 }, () => sum({ place: { level: 'PARTNERSHIP', id: 'p7' } })),
  results: Array.from({ length: 400 }, (_, index) =>
    result(`r${index}`, ['p7', 'p8', 'p9', 'p10', 'p11', 'p12'], [reached('PER_PERIOD'), served]),
  ),
};
const asked = (changes: Partial<Asked>): Asked => ({ kind: 'overview', key: '', language: 'en', page: 1, ...changes });
const page = (changes: Partial<Asked>) => publicPage(published, asked(changes), map) ?? '';
/** The cells of the table below a heading, read from the page. */
const rowsBelow = (text: string, heading: string) => {
  const [, after = ''] = text.split(`${heading}</h`);
  const [body = ''] = after.split('</table>');
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]*>/g, '')),
  );
};
const minor = (text: string) => BigInt(text.replaceAll(/[^\d-]/g, ''));

describe('a public page', () => {
  it('tells totals that are recomputed from the leaves beneath them and from the published file', () => {
    const text = page({});
    const leaves = rowsBelow(text, 'What the totals are made of').slice(1);
    expect(leaves).toHaveLength(published.sums.length);
    const years = rowsBelow(text, 'Money by year').slice(1);
    expect(years.map(([year]) => year)).toEqual(['2025', '2026']);
    const euros = (year: string, kind: string) =>
      leaves
        .filter(([, quarter, what, , amount]) => quarter?.startsWith(year) && what === kind && amount?.endsWith('EUR'))
        .reduce((total, leaf) => total + minor(leaf[4] ?? ''), 0n);
    expect(minor(years[0]?.[1] ?? '')).toBe(euros('2025', 'Committed'));
    expect(minor(years[1]?.[2]?.split(' + ')[0] ?? '')).toBe(euros('2026', 'Paid'));
    expect(years[1]?.[2]).toBe('9.95 EUR + 5,000 XOF');
    expect(rowsBelow(text, '>Countries').slice(1)).toEqual([
      ['Tanzania', '450', '0'],
      ['Ukraine', '0', '1'],
    ]);
  });

  it.each([
    ['overview', ''],
    ['country', 'TZ'],
    ['goal', '11'],
    ['partnership', 'KP-2026-7'],
  ] as const)('of a %s has less than 60 kB, no script, and links to the files', (kind, key) => {
    for (const language of Object.keys(PUBLIC_LANGUAGES) as PublicLanguage[]) {
      const text = publicPage(large, asked({ kind, key, language }), map) ?? '';
      expect(Buffer.byteLength(text)).toBeLessThan(60_000);
      // To the letter, or the policy's hash blocks it.
      expect(text).toContain(`<style>${STYLE}</style>`);
      expect(text).not.toMatch(/<script|javascript:| on\w+=/);
      expect(text).toContain(`<html lang="${language}">`);
      expect(text).toContain('/v1/published-files/portfolio.json');
    }
  });

  it('goes on where a list is longer, to its last row', () => {
    const pages = Array.from({ length: 23 }, (_, index) => index + 1).map((number) =>
      page({ kind: 'country', key: 'TZ', page: number }),
    );
    const names = pages.flatMap((text) => [...text.matchAll(/Moshi &lt;(\d+)&gt;/g)].map(([, index]) => index));
    expect(new Set(names).size).toBe(450);
  });

  it('counts a result once in each total, whoever shares it, and lists what the totals are made of', () => {
    const totals = (text: string) => rowsBelow(text, '>Effect').slice(1);
    const [all, seven, eight] = [
      page({}),
      ...['KP-2026-7', 'KP-2026-8'].map((key) => page({ kind: 'partnership', key })),
    ];
    const reachedRow = (text = '') => totals(text).find(([name]) => name === 'People reached (persons)');
    // 40.5 as the last one counts, and 50.5 as both count for themselves.
    expect(reachedRow(all)).toEqual(['People reached (persons)', '2', '6', '–', '91']);
    expect(reachedRow(seven)).toEqual(['People reached (persons)', '2', '6', '–', '91']);
    expect(reachedRow(eight)).toEqual(['People reached (persons)', '1', '3', '–', '50.5']);
    expect(totals(all ?? '').slice(1)).toEqual([
      ['Households served (households)', '2', '–', '66.7 % (4 of 6)', '33.3 % (2 of 6)'],
      ['Structure works one year later (structures)', '1', '–', '–', '0 of 1'],
    ]);
    const leaves = rowsBelow(all ?? '', 'Results behind the totals').slice(1);
    expect(leaves.filter(([, , name]) => name?.startsWith('People')).map((leaf) => leaf[5])).toEqual(['40.5', '50.5']);
    expect(leaves[2]?.[0]?.trim()).toBe('KP-2026-7 KP-2026-8');
    // On the page of a goal what serves it counts, and nothing else of the same results.
    expect(totals(page({ kind: 'goal', key: '11' }))).toEqual([reachedRow(all)]);
  });

  it('can be read before there is anything, and where nothing is', () => {
    for (const language of Object.keys(PUBLIC_LANGUAGES) as PublicLanguage[])
      for (const text of [notYetPage(language), notFoundPage(language)]) {
        expect(text).toContain(`<html lang="${language}">`);
        expect(text).toMatch(/<h1>.{10,}<\/h1>/);
        expect(text).not.toContain('published-files');
      }
  });

  it('is made from the edition before results were told, too', () => {
    const { results: _, indicators: ___, leftOut, ...rest } = published;
    const { results: __, ...left } = leftOut;
    const older = publishedIn(JSON.stringify({ ...rest, leftOut: left }));
    expect(publicPage(older, asked({}), map)).toContain('No closed result yet.');
  });

  it('knows nothing of what is not published', () => {
    expect(publicPage(published, asked({ kind: 'country', key: 'FR' }), map)).toBeUndefined();
    expect(publicPage(published, asked({ kind: 'partnership', key: 'KP-1' }), map)).toBeUndefined();
  });

  it('escapes whatever it is given', () => {
    expect(html`<b>${'<i>"\'&'}</b>`.text).toBe('<b>&lt;i&gt;&quot;&#39;&amp;</b>');
  });
});

describe('open data', () => {
  it('places towns to about a kilometre, and counts those without a place', () => {
    expect(geoJson(published)).toMatchObject({
      withoutPlace: 450,
      features: {
        length: 450,
        0: { geometry: { coordinates: [9.05, 48.52] }, properties: { municipalityKey: '08416041' } },
      },
    });
  });

  it('lists each file with its licence and whom to name', () => {
    const listed = JSON.parse(JSON.stringify(catalogue(published, 'https://fund.example'))) as {
      'dcat:dataset': { 'dcat:distribution': Record<string, unknown>[] };
    };
    const { 'dcat:distribution': files } = listed['dcat:dataset'];
    expect(files).toHaveLength(3);
    for (const file of files) {
      expect(file['dct:license']).toEqual({ '@id': 'http://dcat-ap.de/def/licenses/cc-by/4.0' });
      expect(file['dcatde:licenseAttributionByText']).toMatchObject({ '@value': 'GIZ' });
    }
  });
});
