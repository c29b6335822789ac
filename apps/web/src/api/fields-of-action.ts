import { useQuery } from '@tanstack/react-query';
import { listFieldsOfAction } from '#contracts/partnership';
import { read } from './query';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';

const FIELDS_MAX = 200;
const A_DAY_MS = 86_400_000;

/** The fields of action; a list of the platform that changes once in years. */
export function useFieldsOfAction() {
  return useQuery({ ...read(listFieldsOfAction, { limit: FIELDS_MAX }), staleTime: A_DAY_MS });
}

/** What a field of action is called in the reader's language. */
export function useFieldNames(): (key: string) => string {
  const language = useLanguage();
  const { data } = useFieldsOfAction();
  const names = new Map(data?.items.map(({ key, name }) => [key, localized(name, language)]));
  return (key) => names.get(key) ?? '…';
}
