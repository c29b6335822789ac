import { useQuery } from '@tanstack/react-query';
import { listSdgGoals, listSdgTargets } from '#contracts/partnership';
import { read } from '../api/query';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import type { Choices } from '../ui/inputs';

const ALL = 200;
const A_DAY_MS = 86_400_000;

/** The 17 goals, to choose from. */
export function useGoalChoices(): Choices {
  const language = useLanguage();
  const { data } = useQuery({ ...read(listSdgGoals, { limit: ALL }), staleTime: A_DAY_MS });
  return (data?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} ${localized(name, language)}` }));
}

/** The 169 targets, to choose from. */
export function useTargetChoices(): Choices {
  const language = useLanguage();
  const { data } = useQuery({ ...read(listSdgTargets, { limit: ALL }), staleTime: A_DAY_MS });
  return (data?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} ${localized(name, language)}` }));
}
