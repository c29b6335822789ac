import { useController, useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { LANGUAGES } from '#contracts';
import { useFieldsOfAction } from '../api/fields-of-action';
import { languageName, localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Field, FieldGroup } from '../ui/field';
import {
  CheckManyField,
  choicesOf,
  DayField,
  NumberField,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../ui/inputs';
import { deskTexts, eventTexts } from './texts';
import { timeOf } from './zoned';

/** The languages that are asked for first; the others can be opened. */
const FIRST = 2;

/** An event in three topics, for drafting it and for changing it. */
export function EventFields() {
  const { form: t } = useTexts(deskTexts);
  const { kinds, modes } = useTexts(eventTexts);
  return (
    <>
      <fieldset className="part">
        <legend>{t.about}</legend>
        <SelectField name="kind" label={t.kind} choices={choicesOf(kinds)} />
        {LANGUAGES.slice(0, FIRST).map((code) => (
          <TextsIn key={code} code={code} isOptional={code !== 'de'} />
        ))}
        <details className="waiting">
          <summary>{t.languages}</summary>
          <div className="stack">
            {LANGUAGES.slice(FIRST).map((code) => (
              <TextsIn key={code} code={code} isOptional />
            ))}
          </div>
        </details>
        <FieldsOfAction />
      </fieldset>
      <fieldset className="part">
        <legend>{t.where}</legend>
        <RadioField name="mode" label={t.mode} choices={choicesOf(modes)} />
        <Venue />
        <SelectField name="timeZone" label={t.timeZone} hint={t.timeZoneHint} choices={useTimeZones()} />
        <Moment name="startsAt" />
        <Moment name="endsAt" />
        <Moment name="registrationDeadlineAt" />
      </fieldset>
      <fieldset className="part">
        <legend>{t.seats}</legend>
        <NumberField name="capacity" label={t.capacity} />
        <Quotas />
        <NumberField name="offerHours" label={t.offerHours} hint={t.offerHoursHint} isOptional />
        <NumberField
          name="municipalitySeatsMax"
          label={t.municipalitySeatsMax}
          hint={t.municipalitySeatsMaxHint}
          isOptional
        />
      </fieldset>
    </>
  );
}

function TextsIn({ code, isOptional }: { readonly code: string; readonly isOptional: boolean }) {
  const { form: t } = useTexts(deskTexts);
  const name = languageName(code, useLanguage());
  return (
    <>
      <TextField name={`title.${code}`} label={t.titleIn(name)} isOptional={isOptional} />
      <TextArea name={`description.${code}`} label={t.descriptionIn(name)} rows={4} isOptional />
    </>
  );
}

function FieldsOfAction() {
  const { form: t } = useTexts(deskTexts);
  const language = useLanguage();
  const { data } = useFieldsOfAction();
  const choices = (data?.items ?? []).map(({ key, name }) => ({ value: key, label: localized(name, language) }));
  return <CheckManyField name="fieldsOfAction" label={t.fields} choices={choices} isOptional />;
}

function Venue() {
  const { form: t } = useTexts(deskTexts);
  const mode = useWatch({ name: 'mode' }) as string;
  return mode === 'ONLINE' ? null : <TextField name="venue" label={t.venue} hint={t.venueHint} isOptional />;
}

function useTimeZones() {
  const chosen = useWatch({ name: 'timeZone' }) as string;
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...(chosen ? [chosen] : [])]);
  return [...zones].map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}

/** A day and a time by the clock of the place: one instant of the request. */
function Moment({ name }: { readonly name: 'startsAt' | 'endsAt' | 'registrationDeadlineAt' }) {
  const { form: t } = useTexts(deskTexts);
  const { field } = useController({ name: `${name}.time` });
  return (
    <FieldGroup name={name} label={t[name]}>
      <div className="moment">
        <DayField name={`${name}.day`} label={t.day} />
        <Field name={`${name}.time`} label={t.time} hint={t.timeHint}>
          {(links) => (
            <input
              {...links}
              className="kern-form-input__input"
              type="text"
              inputMode="numeric"
              autoComplete="off"
              value={String(field.value ?? '')}
              onChange={field.onChange}
              onBlur={({ target }) => {
                field.onChange(timeOf(target.value));
                field.onBlur();
              }}
            />
          )}
        </Field>
      </div>
    </FieldGroup>
  );
}

function Quotas() {
  const { form: t } = useTexts(deskTexts);
  const { groups, modes, register } = useTexts(eventTexts);
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name: 'quotas' });
  const { ON_SITE, ONLINE } = modes;
  return (
    <FieldGroup name="quotas" label={t.quotas} hint={t.quotasHint} isOptional>
      {fields.map((field, index) => (
        <FieldGroup key={field.id} name={`quotas.${index}`} label={t.quota(index + 1)}>
          <div className="three three--close">
            <SelectField
              name={`quotas.${index}.group`}
              label={t.quotaGroup}
              empty={t.everyGroup}
              choices={choicesOf(groups)}
            />
            <SelectField
              name={`quotas.${index}.attendanceMode`}
              label={t.quotaMode}
              empty={t.everyMode}
              choices={choicesOf({ ON_SITE, ONLINE })}
            />
            <NumberField name={`quotas.${index}.capacity`} label={t.quotaCapacity} />
          </div>
          <div>
            <Button rank="tertiary" icon="delete" onClick={() => remove(index)}>
              {register.remove(t.quota(index + 1))}
            </Button>
          </div>
        </FieldGroup>
      ))}
      <div>
        <Button icon="add" onClick={() => append({ group: '', attendanceMode: '', capacity: '' })}>
          {t.addQuota}
        </Button>
      </div>
    </FieldGroup>
  );
}
