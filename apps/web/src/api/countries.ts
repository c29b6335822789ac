import { useQuery } from '@tanstack/react-query';
import { listCountries } from '#contracts/partnership';
import { countryName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { readAll } from './query';

/** All countries by their names in the reader's language, as choices. */
export function useCountries() {
  const language = useLanguage();
  const { data = [] } = useQuery(readAll(listCountries, {}));
  return data
    .map(({ code }) => ({ value: code, label: countryName(code, language) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}
