import { useFormContext } from 'react-hook-form';
import { Field, type FieldProps } from './field';

/** Takes the SHA-256 of a file that stays with the person. */
export function FileHashField(field: FieldProps) {
  const { setValue } = useFormContext();
  const take = async (file: File | undefined) => {
    setValue(field.name, file === undefined ? '' : await sha256Of(file), { shouldDirty: true });
  };
  return (
    <Field {...field}>
      {(links) => (
        <input
          {...links}
          type="file"
          className="kern-form-input__input"
          onChange={(event) => void take(event.target.files?.[0])}
        />
      )}
    </Field>
  );
}

/** The check sum by which a file is known again. */
export async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
