import type { z } from 'zod';
import {
  CASE_PREFIXES,
  type CaseKind,
  type Operation,
  type Page,
  type RequestInputOf,
  SEARCH_HITS_MAX,
  type SearchHit,
} from '#contracts';
import { listEvents, listRegistrationsOfAllEvents } from '#contracts/events';
import { listClaims, listPaymentRuns, listPayouts } from '#contracts/finance';
import { listMunicipalities, listPartnerships, listProjects } from '#contracts/partnership';
import { listAssignments, listExpertRequests, listExperts } from '#contracts/staffing';

type Kind = SearchHit['kind'];
type List<Item> = Operation<z.ZodObject, z.ZodType<Page<Item>>>;

/** One list that is asked, with the caller's own rights, and what its rows are as hits. */
export interface Source {
  readonly kind: Kind;
  readonly operation: List<unknown>;
  /** Whether it can be asked by a name: else it is found by its number only. */
  readonly isNamed: boolean;
  readonly hit: (item: unknown) => SearchHit;
}

interface Row {
  readonly id: string;
  readonly caseNumber?: string;
  readonly status?: string;
}

function source<Item extends Row>(
  kind: Kind,
  operation: List<Item>,
  { name, isNamed = false }: { name?: (item: Item) => SearchHit['name']; isNamed?: boolean } = {},
): Source {
  const hit = (item: Item): SearchHit => ({
    kind,
    id: item.id,
    caseNumber: item.caseNumber ?? null,
    name: name?.(item) ?? null,
    status: item.status ?? null,
  });
  return { kind, operation, isNamed, hit: (item) => hit(item as Item) };
}

const SOURCES: readonly Source[] = [
  source('partnership', listPartnerships, {
    isNamed: true,
    name: ({ participants }) =>
      participants
        .map(({ name }) => name)
        .join(' – ')
        .slice(0, 1_000)
        .toWellFormed(),
  }),
  source('municipality', listMunicipalities, { isNamed: true, name: ({ name }) => name }),
  source('project', listProjects, { isNamed: true, name: ({ title }) => title }),
  source('expertRequest', listExpertRequests, { isNamed: true, name: ({ title }) => title }),
  source('expert', listExperts, {
    isNamed: true,
    name: ({ person }) => person && `${person.givenNames} ${person.familyName}`,
  }),
  source('assignment', listAssignments),
  source('payout', listPayouts),
  source('paymentRun', listPaymentRuns),
  source('claim', listClaims),
  source('event', listEvents, { isNamed: true, name: ({ title }) => title }),
  source('registration', listRegistrationsOfAllEvents),
];

/** Those that know a case number, by its letters. */
export function sourcesByNumber(kind: CaseKind | undefined): readonly Source[] {
  return SOURCES.filter((each) => each.kind === kind && each.kind in CASE_PREFIXES);
}

export const NAMED_SOURCES = SOURCES.filter(({ isNamed }) => isNamed);

export function askedBy(filter: { readonly caseNumber: string } | { readonly q: string }): RequestInputOf<Operation> {
  return { ...filter, limit: SEARCH_HITS_MAX };
}
