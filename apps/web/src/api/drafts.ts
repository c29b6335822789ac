import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { get, list, put, remove } from './vault';

/** What somebody has begun to write: kept sealed in this browser until it is sent. */
export interface Draft {
  readonly name: string;
  /** What it is, in the words of the page. */
  readonly title: string;
  readonly address: string;
  readonly values: Record<string, unknown>;
}

const PLACE = 'draft.';
const KEEP_AFTER_MS = 100;

export const drafts = {
  queryKey: ['drafts'],
  staleTime: 0,
  queryFn: () => list<Draft>(PLACE),
};

/** For useQuery: the draft of that name, or null. A page takes it as it was when it was opened. */
export function draft(name: string) {
  return {
    queryKey: ['draft', name],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: async () => {
      try {
        return (await get<Draft>(placeOf(name))) ?? null;
      } catch (error) {
        // A browser may keep nothing for anybody: then the form begins empty.
        reportError(error);
        return null;
      }
    },
  };
}

export function placeOf(name: string): string {
  return PLACE + name;
}

export interface Keeping {
  /** When all that was typed was written; undefined while some of it is not. */
  readonly keptAt: Date | undefined;
  /** Once it is sent. */
  readonly forget: () => Promise<void>;
}

/** Keeps what a form holds with every change. */
export function useKeepDraft<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  { name, title, address }: Omit<Draft, 'values'>,
): Keeping {
  const client = useQueryClient();
  const isSent = useRef(false);
  const [keptAt, setKeptAt] = useState<Date>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      timer = undefined;
      if (isSent.current) return;
      const kept: Draft = { name, title, address, values: form.getValues() };
      // Signed out meanwhile: the text stays on screen, and no browser of a stranger keeps it.
      put(placeOf(name), kept).then(
        () => {
          if (timer === undefined) setKeptAt(new Date(performance.timeOrigin + performance.now()));
        },
        (error: unknown) => reportError(error),
      );
    };
    const { unsubscribe } = form.watch(() => {
      setKeptAt(undefined);
      timer ??= setTimeout(keep, KEEP_AFTER_MS);
    });
    return () => {
      unsubscribe();
      if (timer === undefined) return;
      clearTimeout(timer);
      keep();
    };
  }, [form, name, title, address]);
  const forget = useCallback(async () => {
    isSent.current = true;
    await remove(placeOf(name));
    await client.invalidateQueries(drafts);
  }, [client, name]);
  return { keptAt, forget };
}
