import type { Ref } from 'react';
import { Fault } from './field';

interface FilesFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** Endings and media types that are offered. */
  readonly accept: string;
  readonly isMany?: boolean;
  readonly fault: string | undefined;
  readonly ref: Ref<HTMLInputElement>;
}

/** Files that are sent as they are, outside of a form of fields. */
export function FilesField({ id, label, hint, accept, isMany, fault, ref }: FilesFieldProps) {
  return (
    <div className={`kern-form-input${fault === undefined ? '' : ' kern-form-input--error'}`}>
      <label className="kern-label" htmlFor={id}>
        {label}
      </label>
      <div className="kern-hint" id={`${id}-hint`}>
        {hint}
      </div>
      <input
        ref={ref}
        id={id}
        type="file"
        multiple={isMany}
        accept={accept}
        className="kern-form-input__input"
        aria-describedby={fault === undefined ? `${id}-hint` : `${id}-hint ${id}-fault`}
        aria-invalid={fault === undefined ? undefined : true}
      />
      <Fault id={`${id}-fault`} message={fault} />
    </div>
  );
}
