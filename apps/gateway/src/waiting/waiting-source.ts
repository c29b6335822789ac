import type { z } from 'zod';
import {
  type Operation,
  type Page,
  type ReplyOf,
  type Role,
  ROLES,
  type WaitingItem,
  type WaitingKind,
} from '#contracts';
import { dayInBerlin } from '#platform';

/** A list of cases, in pages or at once. */
type List<Item> = Operation<z.ZodObject, z.ZodType<{ items: Item[]; page?: Page<Item>['page'] }>>;
export type Filter = Readonly<Record<string, string>>;

/** What waits for the same act of the same people, and the list that knows it. */
export interface WaitingSource {
  readonly kind: WaitingKind;
  readonly list: List<unknown>;
  /** The acts that end the waiting. */
  readonly acts: readonly Operation[];
  /** Who is asked: those who may do one of the acts and read the list. */
  readonly roles: readonly Role[];
  readonly filterOn: (today: string) => Filter;
  readonly item: (row: unknown) => WaitingItem;
}

interface Declared<Item> {
  readonly list: List<Item>;
  readonly acts: readonly Operation[];
  readonly filter?: Filter | ((today: string) => Filter);
  /** The case waits for these of them: a draft of a town may be submitted by the fund, and waits for the town. */
  readonly only?: readonly Role[];
  /** Below the path of the list, and its id, unless stated. */
  readonly path?: (item: Item) => string;
  /** A day or an instant. */
  readonly since?: (item: Item) => string | null;
  readonly dueOn?: (item: Item) => string | null;
}

/** Declares a kind once: what reads it, what ends it, and with that who is asked. */
export function waits<L extends List<unknown>>(
  kind: WaitingKind,
  declared: Declared<ReplyOf<L>['items'][number]> & { list: L },
): WaitingSource;
export function waits<Item extends { readonly id?: string; readonly caseNumber?: string }>(
  kind: WaitingKind,
  { list, acts, filter = {}, only, path, since, dueOn }: Declared<Item>,
): WaitingSource {
  const item = (row: Item): WaitingItem => ({
    path: path?.(row) ?? `${list.http.path}/${row.id ?? ''}`,
    caseNumber: row.caseNumber ?? null,
    since: dayOf(since?.(row)),
    dueOn: dayOf(dueOn?.(row)),
  });
  return {
    kind,
    list,
    acts,
    roles: (only ?? ROLES).filter((role) => list.allow[role] && acts.some(({ allow }) => allow[role])),
    filterOn: typeof filter === 'function' ? filter : () => filter,
    item: (row) => item(row as Item),
  };
}

function dayOf(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  return text.includes('T') ? dayInBerlin(new Date(text)) : text;
}
