/** Money of one assignment in a quarter. */
export interface MoneyFact {
  readonly kind: MoneyKind;
  readonly quarter: Quarter;
  readonly currency: string;
  readonly minor: bigint;
  readonly assignmentId: string;
  /** Null where the assignment serves several partnerships, or one that may not be named. */
  readonly partnershipId: string | null;
  /** Null where not even the country may be told. */
  readonly country: string | null;
}

export type MoneyKind = 'COMMITMENT' | 'DISBURSEMENT';
/** `2027-Q1` */
export type Quarter = `${number}-Q${number}`;

/** For whom a sum is told: a partnership, a country, or the fund as a whole. */
export type MoneyPlace =
  | { readonly level: 'PARTNERSHIP'; readonly id: string }
  | { readonly level: 'COUNTRY'; readonly id: string }
  | { readonly level: 'FUND'; readonly id: 'fund' };

export interface PublicSum {
  readonly place: MoneyPlace;
  readonly kind: MoneyKind;
  readonly quarter: Quarter;
  readonly currency: string;
  readonly minor: bigint;
  readonly assignments: number;
}

/**
 * Sums that may be published. Every amount goes into exactly one sum, of one quarter: that of its partnership if enough assignments
 * have a part in it, else that of its country, else that of the fund, else it is withheld. As no two sums share an amount and a
 * quarter that has ended does not grow, neither one sum, nor the difference of two, nor that of two editions tells what fewer
 * assignments cost. Source: docs/domain.md#publishing.
 */
export function publicSums(
  facts: readonly MoneyFact[],
  assignmentsMin: number,
): { readonly sums: PublicSum[]; readonly withheld: number } {
  const sums: PublicSum[] = [];
  let rest = facts.filter(({ minor }) => minor !== 0n);
  for (const placeOf of [partnershipOf, countryOf, fundOf]) {
    const left: MoneyFact[] = [];
    for (const [, cell] of Map.groupBy(rest, (fact) => cellOf(fact, placeOf(fact)))) {
      const [first] = cell;
      const place = first && placeOf(first);
      const assignments = new Set(cell.map(({ assignmentId }) => assignmentId)).size;
      if (!place || assignments < assignmentsMin) left.push(...cell);
      else
        sums.push({ ...partsOf(first), place, assignments, minor: cell.reduce((sum, { minor }) => sum + minor, 0n) });
    }
    rest = left;
  }
  return { sums, withheld: rest.length };
}

/** The quarter of a day. */
export function quarterOf(day: string): Quarter {
  return `${Number(day.slice(0, 4))}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** Its last day, as which a sum is dated. */
export function lastDayOfQuarter(quarter: Quarter): string {
  const [year = '', number = ''] = quarter.split('-Q');
  return `${year}-${['03-31', '06-30', '09-30', '12-31'][Number(number) - 1]}`;
}

function partsOf({ kind, quarter, currency }: MoneyFact): Pick<PublicSum, 'kind' | 'quarter' | 'currency'> {
  return { kind, quarter, currency };
}

function cellOf(fact: MoneyFact, place: MoneyPlace | null): string {
  return [fact.kind, fact.quarter, fact.currency, place?.level, place?.id].join(' ');
}

function partnershipOf({ partnershipId }: MoneyFact): MoneyPlace | null {
  return partnershipId === null ? null : { level: 'PARTNERSHIP', id: partnershipId };
}

function countryOf({ country }: MoneyFact): MoneyPlace | null {
  return country === null ? null : { level: 'COUNTRY', id: country };
}

function fundOf(): MoneyPlace {
  return { level: 'FUND', id: 'fund' };
}
