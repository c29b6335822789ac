import { QueryClient, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Operation, Page, ReplyOf, RequestInputOf } from '#contracts';
import { call } from './call';
import { Problem } from './problem';

const AWAY_RETRY_MS = 5_000;
const FRESH_MS = 15_000;

/** What is on screen stays while it is read again; a service that is away is asked again by itself. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // Without a line a read fails at once, and the page says so or takes what is kept.
        networkMode: 'always',
        retry: (failures, error) => error instanceof Problem && error.status === 0 && failures < 1,
        refetchInterval: ({ state }) => (state.error instanceof Problem && state.error.isAway ? AWAY_RETRY_MS : false),
        refetchOnWindowFocus: true,
      },
    },
  });
}

/** A read for useQuery. */
export interface Read<T> {
  readonly queryKey: readonly unknown[];
  readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<T>;
  /** Of the operation: what changed is known by it. */
  readonly meta: { readonly path: string };
}

/** One operation that reads. */
export function read<O extends Operation>(operation: O, input: RequestInputOf<O>): Read<ReplyOf<O>> {
  return {
    queryKey: [operation.subject, input],
    queryFn: ({ signal }) => call(operation, input, { signal }),
    meta: { path: operation.http.path },
  };
}

/** All pages of a short list, such as a code list, as one. */
export function readAll<Item, O extends Operation>(operation: O & ListOf<Item>, input: RequestInputOf<O>) {
  return queryOptions({
    queryKey: [operation.subject, 'all', input],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const items: Item[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = (await call(
          operation,
          { ...input, limit: PAGE_MAX, cursor },
          {
            signal,
          },
        )) as Page<Item>;
        items.push(...page.items);
        cursor = page.page.next;
      }
      return items;
    },
  });
}

const PAGE_MAX = 200;
type ListOf<Item> = Operation<z.ZodObject, z.ZodType<Page<Item>>>;
