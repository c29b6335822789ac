import { common } from '../i18n/common';
import { languageName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { FieldShares } from '../ui/field-shares';
import { CheckManyField, choicesOf, RadioField } from '../ui/inputs';
import { importTexts } from './texts';

/** The languages that partnerships of the fund work in. */
const OFFERED = ['de', 'en', 'fr', 'es', 'pt', 'ar', 'uk', 'sw'] as const;

export interface DefaultsValues {
  readonly languages: readonly string[];
  readonly fieldsOfAction: readonly { readonly key: string; readonly percent: unknown }[];
  readonly partnerKind: string;
}

/** What holds for all rows that do not say it: such tables rarely do. */
export function DefaultsFields() {
  const { open: t } = useTexts(importTexts);
  const { words } = useTexts(common);
  return (
    <>
      <LanguagesChoice name="languages" />
      <RadioField name="partnerKind" label={t.partnerKind} choices={choicesOf(words.municipalityKind)} />
      <FieldShares />
    </>
  );
}

export function LanguagesChoice({ name }: { readonly name: string }) {
  const { open: t } = useTexts(importTexts);
  const language = useLanguage();
  const choices = OFFERED.map((code) => ({ value: code, label: languageName(code, language) }));
  return <CheckManyField name={name} label={t.languages} choices={choices} />;
}

/** As the request carries them. */
export function defaultsOf({ languages, fieldsOfAction, partnerKind }: DefaultsValues) {
  return {
    languages: [...(languages ?? [])],
    fieldsOfAction: (fieldsOfAction ?? []) as { key: string; percent: number }[],
    partnerKind: partnerKind as 'CITY',
  };
}
