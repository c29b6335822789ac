import { toMinor } from '#contracts';
import type { Instrument } from '#contracts/finance';
import type { PartnershipKind, PartnershipStatus, Side } from '#contracts/partnership';
import type { KnownAssignment } from '../assignments/assignment-copy.reader';
import { lastDayOfQuarter, type MoneyFact, type PublicSum, publicSums, quarterOf } from './public-money';
import { type KnownResult, type PublicResult, publicResults } from './public-results';
import type { PublishingRules } from './publishing-rules';

/** A municipality as the registry has it. */
export interface KnownTown {
  readonly id: string;
  readonly side: Side;
  readonly country: string;
  readonly name: string;
  readonly registerKey: string | null;
  readonly geonamesId: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
}

export interface KnownPartnership {
  readonly id: string;
  readonly caseNumber: string;
  readonly kind: PartnershipKind;
  readonly status: PartnershipStatus;
  readonly statusSince: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly towns: readonly KnownTown[];
  readonly fields: readonly { readonly key: string; readonly percent: number }[];
}

/** A town that is told; one that may not be has its country only. */
export type PublicTown =
  | { readonly country: string; readonly side: Side; readonly isNamed: false }
  | (Omit<KnownTown, 'id'> & { readonly isNamed: true });

export interface PublicPartnership extends Omit<KnownPartnership, 'towns' | 'status'> {
  readonly status: Exclude<PartnershipStatus, 'PROPOSED'>;
  readonly towns: readonly PublicTown[];
}

export interface PublicAssignment extends Pick<KnownAssignment, 'id' | 'status'> {
  readonly instrument: Instrument;
  readonly country: string;
  /** Null where only the country may be told: then its partnerships are not told either, and its days are those of whole years. */
  readonly town: PublicTown | null;
  readonly partnershipIds: readonly string[];
  readonly fields: readonly { readonly key: string; readonly percent: number }[];
  readonly from: string;
  readonly to: string;
  readonly departedOn: string | null;
  readonly endedOn: string | null;
}

/** All that the public may know, on a day. Everything that is published is made from this and from nothing else. */
export interface Portfolio {
  readonly asOf: string;
  readonly partnerships: readonly PublicPartnership[];
  readonly assignments: readonly PublicAssignment[];
  readonly sums: readonly PublicSum[];
  readonly results: readonly PublicResult[];
  /** How much is left out, so that nobody takes the rest for all. */
  readonly leftOut: {
    readonly partnerships: number;
    readonly assignments: number;
    readonly amounts: number;
    readonly results: number;
  };
}

interface Known {
  readonly partnerships: readonly KnownPartnership[];
  readonly assignments: readonly KnownAssignment[];
  readonly towns: ReadonlyMap<string, KnownTown>;
  readonly results: readonly KnownResult[];
}

/**
 * What of all that is known may be published: no person, no pay, and places as exactly as the rules of the day allow. A partnership
 * that was only proposed, and an assignment that was never confirmed, are nobody's business yet.
 */
export function portfolioOf(known: Known, rules: PublishingRules, asOf: string): Portfolio {
  const partnerships = known.partnerships.flatMap((each) => publicPartnership(each, rules));
  const named = new Map(partnerships.map((each) => [each.id, each]));
  const assignments = known.assignments.flatMap((each) => publicAssignment(each, { known, rules, named }));
  const facts = known.assignments.flatMap((each) => moneyOf(each, { known, rules, named }));
  const ended = facts.filter(({ quarter }) => lastDayOfQuarter(quarter) < asOf);
  const { sums, withheld } = publicSums(ended, rules.assignmentsPerSum);
  const results = publicResults(known.results, (id) => named.has(id));
  return {
    asOf,
    partnerships,
    assignments,
    sums,
    results,
    leftOut: {
      partnerships: known.partnerships.filter(({ status }) => status !== 'PROPOSED').length - partnerships.length,
      assignments: known.assignments.length - assignments.length,
      amounts: withheld,
      results: known.results.length - results.length,
    },
  };
}

interface Context {
  readonly known: Known;
  readonly rules: PublishingRules;
  readonly named: ReadonlyMap<string, PublicPartnership>;
}

function publicPartnership({ towns, status, ...rest }: KnownPartnership, rules: PublishingRules): PublicPartnership[] {
  if (status === 'PROPOSED' || towns.some(({ country }) => rules.precisionIn(country) === 'NONE')) return [];
  return [{ ...rest, status, towns: towns.map((town) => publicTown(town, rules)) }];
}

function publicTown({ id: _, ...town }: KnownTown, rules: PublishingRules): PublicTown {
  const { country, side } = town;
  return rules.precisionIn(country) === 'TOWN' ? { ...town, isNamed: true } : { country, side, isNamed: false };
}

function publicAssignment(assignment: KnownAssignment, { known, rules, named }: Context): PublicAssignment[] {
  const town = known.towns.get(assignment.employerMunicipalityId);
  if (!town || rules.precisionIn(town.country) === 'NONE') return [];
  const { id, status, instrument, from, to, departedOn, endedOn } = assignment;
  const its = assignment.partnershipIds.flatMap((each) => named.get(each) ?? []);
  const fields = its[0]?.fields ?? [];
  if (rules.precisionIn(town.country) === 'TOWN') {
    const place = { country: town.country, town: publicTown(town, rules) };
    const days = { from, to, departedOn, endedOn };
    return [{ id, status, instrument, fields, ...place, ...days, partnershipIds: its.map((each) => each.id) }];
  }
  // With its days or its partnership, the town could be found; the year is enough for the public.
  const years = {
    from: yearStart(from),
    to: nextYearStart(to),
    departedOn: departedOn && yearStart(departedOn),
    endedOn: null,
  };
  return [{ id, status, instrument, fields: [], country: town.country, town: null, partnershipIds: [], ...years }];
}

/** What was bound counts in the quarter of the confirmation, what was paid in that of the payment. */
function moneyOf(assignment: KnownAssignment, { known, rules, named }: Context): MoneyFact[] {
  const country = known.towns.get(assignment.employerMunicipalityId)?.country;
  const precision = country === undefined ? 'NONE' : rules.precisionIn(country);
  const [only, ...others] = assignment.partnershipIds;
  const isOne = precision === 'TOWN' && only !== undefined && others.length === 0 && named.has(only);
  const of = {
    assignmentId: assignment.id,
    partnershipId: isOne ? only : null,
    country: precision === 'NONE' ? null : (country ?? null),
  };
  const { confirmedOn, status } = assignment;
  const bound = confirmedOn === null || status === 'CANCELLED' ? [] : assignment.bound;
  const commitments = bound.map(({ amount }) => {
    const { amountMinor: minor, currency } = toMinor(amount);
    return { ...of, kind: 'COMMITMENT' as const, quarter: quarterOf(confirmedOn ?? ''), currency, minor };
  });
  const paid = assignment.paid.map(({ on, currency, minor }) => ({
    ...of,
    kind: 'DISBURSEMENT' as const,
    quarter: quarterOf(on),
    currency,
    minor,
  }));
  return [...commitments, ...paid];
}

function yearStart(day: string): string {
  return `${day.slice(0, 4)}-01-01`;
}

/** The first day of the year after the last day of a half-open period. */
function nextYearStart(to: string): string {
  return to.endsWith('-01-01') ? to : `${Number(to.slice(0, 4)) + 1}-01-01`;
}
