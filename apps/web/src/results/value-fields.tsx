import { useFormContext } from 'react-hook-form';
import type { IndicatorKind, IndicatorValue } from '#contracts/partnership';
import { useTexts } from '../i18n/texts';
import { Field, type FieldProps } from '../ui/field';
import { RadioField, TextArea } from '../ui/inputs';
import { decimal } from '../ui/numbers';
import { resultTexts } from './texts';

/** A number as people write it, `1.234,5` or `1234.5`; kept as the decimal that the request carries. */
export function QuantityField(field: FieldProps) {
  const { register } = useFormContext();
  return (
    <Field {...field}>
      {(links) => (
        <input
          {...links}
          {...register(field.name, { setValueAs: decimal })}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          className="kern-form-input__input input--money"
        />
      )}
    </Field>
  );
}

interface ValueFieldsProps {
  readonly name: string;
  readonly kind: IndicatorKind;
  readonly unit: string | null;
}

/** The inputs of a value of this kind. */
export function ValueFields({ name, kind, unit }: ValueFieldsProps) {
  const { figure: t, page } = useTexts(resultTexts);
  switch (kind) {
    case 'NUMBER':
      return (
        <QuantityField
          name={`${name}.number`}
          label={unit === null ? t.number : `${t.number} (${unit})`}
          hint={t.numberHint}
        />
      );
    case 'PERCENTAGE':
      return (
        <>
          <QuantityField name={`${name}.numerator`} label={t.numerator} hint={t.numberHint} />
          <QuantityField name={`${name}.denominator`} label={t.denominator} hint={t.numberHint} />
        </>
      );
    case 'YES_NO':
      return (
        <RadioField
          name={`${name}.isMet`}
          label={t.isMet}
          choices={[
            { value: 'yes', label: page.yes },
            { value: 'no', label: page.no },
          ]}
        />
      );
    case 'TEXT':
      return <TextArea name={`${name}.text`} label={t.text} rows={4} />;
  }
}

/** What the inputs of a value hold; nothing where the person entered nothing. */
export interface ValueInputs {
  readonly number?: string;
  readonly numerator?: string;
  readonly denominator?: string;
  readonly isMet?: string;
  readonly text?: string;
}

/** As the request wants it; what is missing there is refused at its field. */
export function valueOf(kind: IndicatorKind, inputs: ValueInputs = {}): IndicatorValue {
  const { number, numerator, denominator, isMet, text } = inputs;
  const values = {
    NUMBER: { kind, number },
    PERCENTAGE: { kind, numerator, denominator },
    YES_NO: { kind, isMet: isMet ? isMet === 'yes' : undefined },
    TEXT: { kind, text },
  };
  return values[kind] as IndicatorValue;
}

export function inputsOf(value: IndicatorValue): ValueInputs {
  const { kind: _, ...inputs } = value;
  return 'isMet' in inputs ? { isMet: inputs.isMet ? 'yes' : 'no' } : inputs;
}
