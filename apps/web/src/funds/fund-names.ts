import { useQuery } from '@tanstack/react-query';
import { listFunds } from '#contracts/finance';
import { mayCall } from '../api/may';
import { readAll } from '../api/query';
import { useSession } from '../api/use-session';
import type { Choices } from '../ui/inputs';

/** The funds as choices, for whoever may read them. */
export function useFundChoices(): Choices {
  const { roles } = useSession();
  const { data = [] } = useQuery({ ...readAll(listFunds, {}), enabled: mayCall(listFunds, roles) });
  return data.map(({ id, name }) => ({ value: id, label: name }));
}

export function useFundNames(): (id: string) => string {
  const choices = useFundChoices();
  return (id) => choices.find(({ value }) => value === id)?.label ?? '…';
}
