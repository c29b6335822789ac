import { useContext, useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import type { Operation } from '#contracts';
import { stepUpAddress } from '../api/session';
import { SessionContext } from '../api/use-session';

type Values = Readonly<Record<string, unknown>>;

/**
 * A form whose act asks its person to confirm first who they are: `leave` keeps what it holds and goes to the sign-in; back on the
 * page, `left` is that, once, for the same person in the same window.
 */
export function useLeftForm(operation: Operation): {
  readonly left: Values | undefined;
  readonly leave: (values: object) => void;
} {
  const { placeOf, here } = usePlaces();
  const place = placeOf(operation);
  const [left] = useState(() => keptAt(place));
  useEffect(() => sessionStorage.removeItem(place), [place]);
  return {
    left,
    leave: (values) => {
      sessionStorage.setItem(place, JSON.stringify(values));
      location.assign(stepUpAddress(here));
    },
  };
}

/** What the form of one of these operations was left with, as the page opens: it is to be open again. */
export function useLeft<O extends Operation>(
  operations: readonly O[],
): { readonly operation: O; readonly values: Values } | undefined {
  const { placeOf } = usePlaces();
  const [left] = useState(() => {
    for (const operation of operations) {
      const values = keptAt(placeOf(operation));
      if (values) return { operation, values };
    }
    return undefined;
  });
  return left;
}

function usePlaces(): { readonly here: string; readonly placeOf: (operation: Operation) => string } {
  const { pathname, search } = useLocation();
  const subject = useContext(SessionContext)?.subject ?? '';
  const here = pathname + search;
  return { here, placeOf: (operation) => `step-up.${subject}.${here}.${operation.subject}` };
}

function keptAt(place: string): Values | undefined {
  const text = sessionStorage.getItem(place);
  return text === null ? undefined : (JSON.parse(text) as Values);
}
