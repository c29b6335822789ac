import { useController, useFormContext } from 'react-hook-form';
import { useTexts } from '../i18n/texts';
import { common } from '../i18n/common';
import { DayInput } from './day-input';
import { decimal, wholeNumber } from './numbers';
import { Field, FieldGroup, fieldId, type FieldProps } from './field';

const INPUT = 'kern-form-input__input';

function inputClass(isFaulty: boolean | undefined): string {
  return isFaulty ? `${INPUT} ${INPUT}--error` : INPUT;
}

export function TextField({
  inputMode,
  autoComplete,
  ...field
}: FieldProps & { readonly inputMode?: 'decimal' | 'numeric' | 'text'; readonly autoComplete?: string }) {
  const { register } = useFormContext();
  return (
    <Field {...field}>
      {(links) => (
        <input
          {...links}
          {...register(field.name)}
          type="text"
          inputMode={inputMode}
          autoComplete={autoComplete ?? 'off'}
          className={inputClass(links['aria-invalid'])}
        />
      )}
    </Field>
  );
}

export function TextArea({ rows = 4, ...field }: FieldProps & { readonly rows?: number }) {
  const { register } = useFormContext();
  return (
    <Field {...field}>
      {(links) => (
        <textarea {...links} {...register(field.name)} rows={rows} className={inputClass(links['aria-invalid'])} />
      )}
    </Field>
  );
}

/** A calendar day of a request, written as people write it. */
export function DayField({ hint, ...field }: FieldProps) {
  const { form } = useTexts(common);
  const { field: value } = useController({ name: field.name });
  return (
    <Field {...field} hint={hint === undefined ? form.dayHint : `${form.dayHint} – ${hint}`}>
      {(links) => <DayInput {...links} value={String(value.value ?? '')} onChange={value.onChange} />}
    </Field>
  );
}

export function NumberField(field: FieldProps) {
  const { register } = useFormContext();
  return (
    <Field {...field}>
      {(links) => (
        <input
          {...links}
          {...register(field.name, { setValueAs: wholeNumber })}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          className={`${inputClass(links['aria-invalid'])} input--number`}
        />
      )}
    </Field>
  );
}

/** An amount as people write it, `1.234,50` or `1234.50`; kept as the decimal string that the request carries. */
export function MoneyField({ currency, ...field }: FieldProps & { readonly currency: string }) {
  const { register } = useFormContext();
  const { form } = useTexts(common);
  const amount = `${field.name}.amount`;
  return (
    <Field {...field} name={amount}>
      {(links) => (
        <div className="kern-input-group">
          <input
            {...links}
            {...register(amount, { setValueAs: decimal })}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            className={`${inputClass(links['aria-invalid'])} input--money`}
          />
          {currency === ANY_CURRENCY ? (
            <input
              {...register(`${field.name}.currency`, { setValueAs: upper })}
              type="text"
              maxLength={3}
              autoComplete="off"
              aria-label={`${field.label}: ${form.currency}`}
              className={`${INPUT} input--currency`}
            />
          ) : (
            <>
              <span className="kern-input-group-text">{currency}</span>
              <input type="hidden" {...register(`${field.name}.currency`)} value={currency} />
            </>
          )}
        </div>
      )}
    </Field>
  );
}

/** For a MoneyField in which the person says the currency, too. */
export const ANY_CURRENCY = 'any';

function upper(text: unknown): unknown {
  return typeof text === 'string' ? text.trim().toUpperCase() : text;
}

export type Choices = readonly { readonly value: string; readonly label: string }[];

/** The members of a catalogue of words as choices. */
export function choicesOf(words: Readonly<Record<string, string>>): Choices {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** Shows its value as soon as the choices are there, which may be after the form. */
export function SelectField({
  choices,
  empty,
  ...field
}: FieldProps & {
  readonly choices: Choices;
  /** What no choice means, where that is an answer. */
  readonly empty?: string;
}) {
  const { field: value } = useController({ name: field.name });
  const t = useTexts(common);
  return (
    <Field {...field}>
      {(links) => (
        <div className="kern-form-input__select-wrapper">
          <select
            {...links}
            ref={value.ref}
            value={String(value.value ?? '')}
            onChange={value.onChange}
            onBlur={value.onBlur}
            className={`kern-form-input__select${links['aria-invalid'] ? ' kern-form-input__select--error' : ''}`}
          >
            <option value="">{empty ?? t.form.choose}</option>
            {choices.map(({ value: each, label }) => (
              <option key={each} value={each}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}

type ChoiceFieldProps = FieldProps & { readonly choices: Choices };

/** One of a few choices. */
export function RadioField({ choices, ...field }: ChoiceFieldProps) {
  return (
    <FieldGroup {...field}>
      <ChoiceBoxes name={field.name} type="radio" choices={choices} />
    </FieldGroup>
  );
}

/** Any number of a few choices. */
export function CheckManyField({ choices, ...field }: ChoiceFieldProps) {
  return (
    <FieldGroup isMany {...field}>
      <ChoiceBoxes name={field.name} type="checkbox" choices={choices} />
    </FieldGroup>
  );
}

interface ChoiceBoxesProps {
  readonly name: string;
  readonly type: 'radio' | 'checkbox';
  readonly choices: Choices;
}

function ChoiceBoxes({ name, type, choices }: ChoiceBoxesProps) {
  const { register } = useFormContext();
  return choices.map(({ value, label }) => {
    const id = `${fieldId(name)}-${value}`;
    return (
      <div className="kern-form-check" key={value}>
        <input className={`kern-form-check__${type}`} type={type} id={id} value={value} {...register(name)} />
        <label className="kern-label" htmlFor={id}>
          {label}
        </label>
      </div>
    );
  });
}

export function CheckField({ name, label }: FieldProps) {
  const { register } = useFormContext();
  return (
    <div className="kern-form-check">
      <input className="kern-form-check__checkbox" type="checkbox" id={fieldId(name)} {...register(name)} />
      <label className="kern-label" htmlFor={fieldId(name)}>
        {label}
      </label>
    </div>
  );
}
