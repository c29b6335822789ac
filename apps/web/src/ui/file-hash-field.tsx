import { useFormContext, useWatch } from 'react-hook-form';
import { Field, type FieldProps } from './field';

const SHOWN = 16;

/** Takes the SHA-256 of a file that stays with the person. */
export function FileHashField(field: FieldProps) {
  const { setValue } = useFormContext();
  const taken: unknown = useWatch({ name: field.name });
  const take = async (file: File | undefined) => {
    setValue(field.name, file === undefined ? '' : await sha256Of(file), { shouldDirty: true });
  };
  return (
    <Field {...field}>
      {(links) => (
        <>
          <input
            {...links}
            type="file"
            className="kern-form-input__input"
            onChange={(event) => void take(event.target.files?.[0])}
          />
          {/* A draft that is opened again has the sum, and the browser shows no file. */}
          {typeof taken === 'string' && taken !== '' && (
            <small className="written">SHA-256 {taken.slice(0, SHOWN)}…</small>
          )}
        </>
      )}
    </Field>
  );
}

/** The check sum by which a file is known again. */
export async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
