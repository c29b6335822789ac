import type { ReactNode } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from './button';
import { FieldGroup } from './field';

interface RepeatedProps {
  /** The list in the request. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly isOptional?: boolean;
  readonly itemName: (number: number) => string;
  readonly add: string;
  /** A new item before anything is entered. */
  readonly blank: Readonly<Record<string, unknown>>;
  /** The first so many cannot be taken out. */
  readonly min?: number;
  /** The fields of one item; `at` is its place in the request. */
  readonly children: (at: string, index: number) => ReactNode;
}

/** Items of one kind, as many as the person needs. */
export function Repeated({ name, label, hint, isOptional, itemName, add, blank, min = 0, children }: RepeatedProps) {
  const { form } = useTexts(common);
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name });
  return (
    <FieldGroup name={name} label={label} hint={hint} isOptional={isOptional}>
      {fields.map((field, index) => (
        <div className="repeated" key={field.id} role="group" aria-label={itemName(index + 1)}>
          {children(`${name}.${index}`, index)}
          {fields.length > min && (
            <Button icon="delete" onClick={() => remove(index)}>
              {form.remove(itemName(index + 1))}
            </Button>
          )}
        </div>
      ))}
      <div>
        <Button icon="add" onClick={() => append(blank)}>
          {add}
        </Button>
      </div>
    </FieldGroup>
  );
}
