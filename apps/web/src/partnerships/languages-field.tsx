import { languageName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { partnershipTexts } from './texts';
import { CheckManyField } from '../ui/inputs';

/** The languages that partnerships of the fund work in. */
const OFFERED = ['de', 'en', 'fr', 'es', 'pt', 'ar', 'uk', 'sw'] as const;

/** Those offered, and those that are said already. */
export function LanguagesField({ said }: { readonly said: readonly string[] }) {
  const { create } = useTexts(partnershipTexts);
  const language = useLanguage();
  const choices = [...new Set([...OFFERED, ...said])].map((code) => ({
    value: code,
    label: languageName(code, language),
  }));
  return <CheckManyField name="languages" label={create.languages} choices={choices} />;
}
