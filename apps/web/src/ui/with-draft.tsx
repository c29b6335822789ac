import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { draft } from '../api/drafts';
import { Loaded } from './query-state';

interface WithDraftProps<Values extends FieldValues> {
  readonly name: string;
  /** Where nothing was begun. */
  readonly otherwise: Values;
  readonly children: (values: Values) => ReactNode;
}

/** A form begins with what somebody had typed when it was left. */
export function WithDraft<Values extends FieldValues>({ name, otherwise, children }: WithDraftProps<Values>) {
  const query = useQuery(draft(name));
  return <Loaded query={query}>{(kept) => children({ ...otherwise, ...kept?.values })}</Loaded>;
}
