import { useFormContext } from 'react-hook-form';
import { FieldGroup, fieldId, type FieldProps } from './field';
import type { Choices } from './inputs';

/** Any number of a few choices. */
export function CheckManyField({ choices, ...field }: FieldProps & { readonly choices: Choices }) {
  const { register } = useFormContext();
  return (
    <FieldGroup isMany {...field}>
      {choices.map(({ value, label }) => (
        <div className="kern-form-check" key={value}>
          <input
            className="kern-form-check__checkbox"
            type="checkbox"
            id={`${fieldId(field.name)}-${value}`}
            value={value}
            {...register(field.name)}
          />
          <label className="kern-label" htmlFor={`${fieldId(field.name)}-${value}`}>
            {label}
          </label>
        </div>
      ))}
    </FieldGroup>
  );
}
