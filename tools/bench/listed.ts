export const BENCH_ID_PREFIX = 'be7c0000-0000-7000-8000-';

/** An id that only the bench gives, so that its rows are found again. */
export function benchId(number: number): string {
  return `${BENCH_ID_PREFIX}${number.toString(16).padStart(12, '0')}`;
}

export const BENCH_IDS_FROM = benchId(0);
export const BENCH_IDS_TO = `${BENCH_ID_PREFIX}ffffffffffff`;

const idOf = (n: string) => `('${BENCH_ID_PREFIX}' || lpad(to_hex(${n}), 12, '0'))::uuid`;
/** Spread over the years, and in another order than that of creation. */
const MINUTES = (n: string) => `(${n}::bigint * 7919 % 100000) * interval '10 minutes'`;

/** What the list of W2 and W2K holds, as SQL of a row's number: the same for the platform and for the yardstick. */
export const LISTED = {
  partnerships: 100_000,
  municipalities: 1000,
  partnershipId: idOf,
  municipalityId: idOf,
  name: (n: string) => `'Bench ' || md5(${n}::text)`,
  country: (n: string) => `(ARRAY['TZ', 'KE', 'ZA', 'BF', 'TN'])[${n} % 5 + 1]`,
  partnerOf: (n: string) => `(${n} % 999 + 1)`,
  kind: (n: string) => `(ARRAY['PARTNERSHIP', 'FRIENDSHIP', 'CONTACT'])[${n} % 3 + 1]`,
  status: (n: string) => `CASE WHEN ${n} % 4 = 0 THEN 'DORMANT' ELSE 'ACTIVE' END`,
  since: (n: string) => `date '2015-01-01' + (${n} % 3000)::int`,
  createdAt: (n: string) => `timestamptz '2019-01-01' + ${n} * interval '10 minutes'`,
  updatedAt: (n: string) => `timestamptz '2022-01-01' + ${MINUTES(n)}`,
} as const;
