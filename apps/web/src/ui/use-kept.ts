import { useEffect } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';

/** What a form of this window held when it was left. Ends with the window and with signing out. */
export function keptOf<Values extends FieldValues>(name: string, otherwise: Values): Values {
  const text = sessionStorage.getItem(placeOf(name));
  return text === null ? otherwise : { ...otherwise, ...(JSON.parse(text) as Partial<Values>) };
}

/** Keeps what a form holds with every change; answers how to forget it once it is sent. */
export function useKept<Values extends FieldValues>(name: string, form: UseFormReturn<Values>): () => void {
  useEffect(() => {
    const { unsubscribe } = form.watch((values) => sessionStorage.setItem(placeOf(name), JSON.stringify(values)));
    return unsubscribe;
  }, [form, name]);
  return () => sessionStorage.removeItem(placeOf(name));
}

function placeOf(name: string): string {
  return `kept.${name}`;
}
