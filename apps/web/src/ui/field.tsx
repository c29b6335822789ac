import type { ReactNode } from 'react';
import { useFormState } from 'react-hook-form';
import { useTexts } from '../i18n/texts';
import { common } from '../i18n/common';
import { Icon } from './icon';
import { messageAt } from './form-errors';

export interface FieldWords {
  readonly label: string;
  readonly hint?: string;
  readonly isOptional?: boolean;
}

export interface FieldProps extends FieldWords {
  /** Where the value stands in the request: `period.from`. */
  readonly name: string;
}

/** What an input needs to belong to its label, hint and fault. */
export interface InputLinks {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

export function fieldId(name: string): string {
  return `field-${name.replaceAll('.', '-')}`;
}

/** Label, hint and fault of one input, tied to it. */
export function Field({
  name,
  label,
  hint,
  isOptional,
  children,
}: FieldProps & { readonly children: (links: InputLinks) => ReactNode }) {
  const message = useMessage(name);
  const id = fieldId(name);
  return (
    <div className={`kern-form-input${message === undefined ? '' : ' kern-form-input--error'}`}>
      <label className="kern-label" htmlFor={id}>
        {label} <Optional when={isOptional} />
      </label>
      <Hint id={`${id}-hint`} text={hint} />
      {children({
        id,
        'aria-describedby': describedBy(id, hint, message),
        'aria-invalid': message === undefined ? undefined : true,
      })}
      <Fault id={`${id}-fault`} message={message} />
    </div>
  );
}

/** Several inputs that are one question. */
export function FieldGroup({
  name,
  label,
  hint,
  isOptional,
  isMany,
  children,
}: FieldProps & { readonly isMany?: boolean; readonly children: ReactNode }) {
  const message = useMessage(name);
  const id = fieldId(name);
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={`kern-fieldset${message === undefined ? '' : ' kern-fieldset--error'}${isMany ? ' several' : ''}`}
      aria-describedby={describedBy(id, hint, message)}
    >
      <legend className="kern-label">
        {label} <Optional when={isOptional} />
      </legend>
      <Hint id={`${id}-hint`} text={hint} />
      <div className="kern-fieldset__body">{children}</div>
      <Fault id={`${id}-fault`} message={message} />
    </fieldset>
  );
}

export function useMessage(name: string): string | undefined {
  return messageAt(useFormState().errors, name);
}

function describedBy(id: string, hint: string | undefined, message: string | undefined): string | undefined {
  const ids = [hint !== undefined && `${id}-hint`, message !== undefined && `${id}-fault`].filter(Boolean);
  return ids.length === 0 ? undefined : ids.join(' ');
}

function Optional({ when }: { readonly when: boolean | undefined }) {
  const t = useTexts(common);
  return when ? <span className="kern-label__optional">{t.form.optional}</span> : null;
}

function Hint({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return text === undefined ? null : (
    <div className="kern-hint" id={id}>
      {text}
    </div>
  );
}

export function Fault({ id, message }: { readonly id: string; readonly message: string | undefined }) {
  return message === undefined ? null : (
    <p className="kern-error" id={id}>
      <Icon name="danger" />
      <span className="kern-body">{message}</span>
    </p>
  );
}
