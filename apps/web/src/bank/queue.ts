import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { listBankEntries } from '#contracts/finance';
import { read } from '../api/query';
import { parametersOf } from '../ui/parameters';
import { OPEN_ENTRIES } from './work-list';

export const ENTRY_FILTERS = listBankEntries.request.pick({
  status: true,
  direction: true,
  accountIban: true,
  bankMessageId: true,
  bookedOnFrom: true,
  bookedOnTo: true,
  cursor: true,
});

const QUEUE_MAX = 100;

interface Queue {
  /** The address of the next open entry; undefined where this is the last one. */
  readonly next: string | undefined;
  /** Which one this is, counted from 1; undefined where it is not open. */
  readonly at: number | undefined;
  readonly count: string;
}

/** The open entries that follow one, as the list that it was opened from is filtered. */
export function useQueue(id: string): Queue {
  const [parameters] = useSearchParams();
  const { cursor: _page, ...filters } = parametersOf(ENTRY_FILTERS, parameters);
  const { data } = useQuery(read(listBankEntries, { ...filters, status: [...OPEN_ENTRIES], limit: QUEUE_MAX }));
  const ids = data?.items.map((each) => each.id) ?? [];
  const at = ids.indexOf(id);
  const next = ids[at + 1] ?? (at > 0 ? ids[0] : undefined);
  const query = parameters.toString();
  return {
    next: next === undefined ? undefined : `/bank/entries/${next}${query === '' ? '' : `?${query}`}`,
    at: at === -1 ? undefined : at + 1,
    count: data?.page.next ? `${ids.length}+` : String(ids.length),
  };
}
