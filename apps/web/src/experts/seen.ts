import type { ExpertView } from '#contracts/staffing';
import { countryName, dayText, languageName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useFieldNames } from '../api/fields-of-action';
import { useTexts } from '../i18n/texts';
import { nameOf } from './names';
import { expertTexts } from './texts';

/** A record in words, by label: what is compared when somebody else changed it meanwhile. */
export function useSeen(expert: ExpertView): Readonly<Record<string, string>> {
  const { form: t, expert: somebody } = useTexts(expertTexts);
  const language = useLanguage();
  const fieldName = useFieldNames();
  const { person, citizenships, residenceCountry, languages, fieldsOfAction, qualifications } = expert;
  return {
    [t.name]: nameOf(expert, somebody),
    [t.birthDate]: person ? dayText(person.birthDate, language) : '–',
    [t.email]: person?.email ?? '–',
    [t.citizenships]: citizenships.map((code) => countryName(code, language)).join(', '),
    [t.residence]: countryName(residenceCountry, language),
    [t.languages]: languages.map((each) => `${languageName(each.language, language)} ${each.level}`).join(', '),
    [t.fields]: fieldsOfAction.map(fieldName).join(', '),
    [t.qualifications]: qualifications.join('; '),
  };
}
