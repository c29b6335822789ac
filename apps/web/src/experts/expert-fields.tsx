import { useController, useFieldArray, useFormContext } from 'react-hook-form';
import { CEFR_LEVELS } from '#contracts/staffing';
import { useCountries } from '../api/countries';
import { useFieldsOfAction } from '../api/fields-of-action';
import { common } from '../i18n/common';
import { countryName, languageName, localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Chosen } from '../ui/chosen';
import { Field, FieldGroup } from '../ui/field';
import { CheckManyField, DayField, SelectField, TextArea, TextField } from '../ui/inputs';
import { LANGUAGE_CODES } from './names';
import { expertTexts } from './texts';

/** Everything that a record of an expert holds: the person, the facts that decide, what the person can do. */
export function ExpertFields() {
  const { form: t } = useTexts(expertTexts);
  const language = useLanguage();
  const { data: fields } = useFieldsOfAction();
  return (
    <>
      <fieldset className="part">
        <legend>{t.person}</legend>
        <TextField name="person.givenNames" label={t.givenNames} isOptional />
        <TextField name="person.familyName" label={t.familyName} hint={t.familyNameHint} />
        <DayField name="person.birthDate" label={t.birthDate} />
        <TextField name="person.email" label={t.email} />
      </fieldset>
      <fieldset className="part">
        <legend>{t.facts}</legend>
        <Citizenships />
        <SelectField name="residenceCountry" label={t.residence} choices={useCountries()} />
      </fieldset>
      <fieldset className="part">
        <legend>{t.profile}</legend>
        <LanguageLevels />
        <CheckManyField
          name="fieldsOfAction"
          label={t.fields}
          isOptional
          choices={(fields?.items ?? []).map(({ key, name }) => ({ value: key, label: localized(name, language) }))}
        />
        <TextArea name="qualifications" label={t.qualifications} hint={t.qualificationsHint} rows={4} isOptional />
      </fieldset>
    </>
  );
}

function Citizenships() {
  const { form: t } = useTexts(expertTexts);
  const { form } = useTexts(common);
  const language = useLanguage();
  const countries = useCountries();
  const { field } = useController({ name: 'citizenships' });
  const chosen = field.value as readonly string[];
  return (
    <>
      <Field name="citizenships" label={t.citizenships} hint={t.citizenshipsHint}>
        {(links) => (
          <div className="kern-form-input__select-wrapper">
            <select
              {...links}
              className="kern-form-input__select"
              value=""
              onChange={({ target: { value } }) => field.onChange([...new Set([...chosen, value])])}
            >
              <option value="">{form.choose}</option>
              {countries.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </div>
        )}
      </Field>
      <Chosen
        chosen={chosen.map((code) => ({ key: code, name: countryName(code, language) }))}
        onRemove={(gone) => field.onChange(chosen.filter((code) => code !== gone))}
      />
    </>
  );
}

function LanguageLevels() {
  const { form: t } = useTexts(expertTexts);
  const { form } = useTexts(common);
  const language = useLanguage();
  const { control, getValues } = useFormContext<{ languages: { language: string; level: string }[] }>();
  const { fields, append, remove } = useFieldArray({ control, name: 'languages' });
  const codes = [...new Set([...LANGUAGE_CODES, ...(getValues('languages') ?? []).map((each) => each.language)])];
  const languages = codes
    .filter(Boolean)
    .map((code) => ({ value: code, label: languageName(code, language) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  return (
    <FieldGroup name="languages" label={t.languages} isOptional>
      {fields.map((field, index) => (
        <div className="share" key={field.id}>
          <SelectField name={`languages.${index}.language`} label={t.language} choices={languages} />
          <SelectField
            name={`languages.${index}.level`}
            label={t.level}
            choices={CEFR_LEVELS.map((level) => ({ value: level, label: `${level} – ${t.levels[level]}` }))}
          />
          <Button rank="tertiary" icon="delete" onClick={() => remove(index)}>
            <span className="kern-sr-only">{form.remove(`${t.language} ${index + 1}`)}</span>
          </Button>
        </div>
      ))}
      <div>
        <Button icon="add" onClick={() => append({ language: '', level: '' })}>
          {t.addLanguage}
        </Button>
      </div>
    </FieldGroup>
  );
}
