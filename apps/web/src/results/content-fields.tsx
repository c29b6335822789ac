import { LANGUAGES as ALL } from '#contracts';
import { languageName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { FieldGroup } from '../ui/field';
import { choicesOf, SelectField, TextArea, TextField } from '../ui/inputs';
import { resultTexts } from './texts';

type Titles = Partial<Record<(typeof ALL)[number], string>>;

/** A title in each language that the person wants to write; their own stands first. */
export function TitleFields() {
  const { form: t } = useTexts(resultTexts);
  const language = useLanguage();
  const languages = [language, ...ALL.filter((each) => each !== language)];
  return (
    <FieldGroup name="title" label={t.titles} hint={t.titlesHint}>
      {languages.map((each) => (
        <TextField
          key={each}
          name={`title.${each}`}
          label={t.title(languageName(each, language))}
          isOptional={each !== language}
        />
      ))}
    </FieldGroup>
  );
}

export function ContentFields() {
  const { form: t, list, types } = useTexts(resultTexts);
  return (
    <>
      <SelectField name="type" label={list.type} hint={t.typeHint} choices={choicesOf(types)} />
      <TitleFields />
      <TextArea name="description" label={t.description} hint={t.descriptionHint} rows={5} />
    </>
  );
}

/** A language in which nothing was written is none. */
export function writtenOf(titles: Titles | undefined): Titles {
  return Object.fromEntries(Object.entries(titles ?? {}).filter(([, title]) => title.trim() !== ''));
}
