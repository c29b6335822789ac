/** Money as the API writes it. */
interface Money {
  readonly amount: string;
  readonly currency: string;
}

interface PublishedTown {
  readonly isNamed: boolean;
  readonly country: string;
  readonly side: 'DE' | 'PARTNER';
  readonly name?: string;
  readonly registerKey?: string | null;
  readonly longitude?: number | null;
  readonly latitude?: number | null;
}

export interface PublishedPartnership {
  readonly id: string;
  readonly caseNumber: string;
  readonly status: 'ACTIVE' | 'DORMANT' | 'ENDED';
  readonly from: string | null;
  readonly towns: readonly PublishedTown[];
  readonly fields: readonly { readonly key: string; readonly percent: number }[];
}

export interface PublishedAssignment {
  readonly id: string;
  readonly status: 'CONFIRMED' | 'ACTIVE' | 'INTERRUPTED' | 'ENDED' | 'CANCELLED';
  readonly instrument: 'INTEGRATED_EXPERT' | 'DEVELOPMENT_WORKER' | 'LOCAL_EXPERT';
  readonly country: string;
  readonly town: PublishedTown | null;
  readonly partnershipIds: readonly string[];
  readonly from: string;
  readonly to: string;
}

export interface PublishedSum {
  readonly place: { readonly level: 'PARTNERSHIP' | 'COUNTRY' | 'FUND'; readonly id: string };
  readonly kind: 'COMMITMENT' | 'DISBURSEMENT';
  readonly quarter: string;
  readonly assignments: number;
  readonly amount: Money;
}

/** A value as it was recorded; numbers are exact decimals. */
export type PublishedValue =
  | { readonly kind: 'NUMBER'; readonly number: string }
  | { readonly kind: 'PERCENTAGE'; readonly numerator: string; readonly denominator: string }
  | { readonly kind: 'YES_NO'; readonly isMet: boolean };

/** In the languages of the pages. */
type Words = Readonly<Record<'de' | 'en' | 'fr' | 'es', string>>;

export interface PublishedIndicator {
  /** Key of the indicator of the programme. */
  readonly standard: string;
  readonly arithmetic: 'CUMULATIVE' | 'PER_PERIOD' | null;
  readonly sdgTargets: readonly string[];
  readonly baseline: { readonly year: number; readonly value: PublishedValue } | null;
  readonly periods: readonly {
    readonly from: string;
    readonly to: string;
    readonly target: PublishedValue | null;
    readonly actual: PublishedValue | null;
  }[];
}

export interface PublishedResult {
  readonly id: string;
  readonly type: 'OUTPUT' | 'OUTCOME' | 'IMPACT';
  readonly partnershipIds: readonly string[];
  readonly indicators: readonly PublishedIndicator[];
}

/** The file portfolio.json, as far as pages are made from it. */
export interface Published {
  readonly asOf: string;
  readonly madeAt: string;
  readonly publisher: string;
  readonly fieldsOfAction: Readonly<
    Record<
      string,
      { readonly name: { readonly de: string; readonly en: string }; readonly sdgGoals: readonly string[] }
    >
  >;
  /** The indicators of the programme by their keys. */
  readonly indicators: Readonly<Record<string, { readonly title: Words; readonly unit: Words }>>;
  readonly partnerships: readonly PublishedPartnership[];
  readonly assignments: readonly PublishedAssignment[];
  readonly sums: readonly PublishedSum[];
  readonly results: readonly PublishedResult[];
  readonly leftOut: {
    readonly partnerships: number;
    readonly assignments: number;
    readonly amounts: number;
    readonly results: number;
  };
}

interface WithoutResults extends Omit<Published, 'results' | 'indicators' | 'leftOut'> {
  readonly indicators?: Published['indicators'];
  readonly results?: Published['results'];
  readonly leftOut: Omit<Published['leftOut'], 'results'> & Partial<Pick<Published['leftOut'], 'results'>>;
}

/** What a file says. An edition that was made before results were published is read too, until the next one is there. */
export function publishedIn(json: string): Published {
  const { results = [], indicators = {}, leftOut, ...rest } = JSON.parse(json) as WithoutResults;
  return { ...rest, results, indicators, leftOut: { ...leftOut, results: leftOut.results ?? 0 } };
}

/** Sums of one currency added up, exactly. */
export function totalsOf(sums: readonly PublishedSum[]): Money[] {
  const byCurrency = Map.groupBy(sums, ({ amount }) => amount.currency);
  return [...byCurrency].map(([currency, its]) => {
    const digits = its[0]?.amount.amount.split('.')[1]?.length ?? 0;
    const minor = its.reduce((sum, { amount }) => sum + BigInt(amount.amount.replace('.', '')), 0n);
    const sign = minor < 0n ? '-' : '';
    const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
    const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
    return { amount: sign + whole, currency };
  });
}

export function goalsOf({ fields }: PublishedPartnership, { fieldsOfAction }: Published): string[] {
  return [...new Set(fields.flatMap(({ key }) => fieldsOfAction[key]?.sdgGoals ?? []))];
}

/** Partner countries of a partnership. */
export function countriesOf({ towns }: PublishedPartnership): string[] {
  return [...new Set(towns.filter(({ side }) => side === 'PARTNER').map(({ country }) => country))];
}
