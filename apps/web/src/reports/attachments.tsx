import { useController } from 'react-hook-form';
import { sha256Of } from '../ui/file-hash-field';
import { Chosen } from '../ui/chosen';
import { Field } from '../ui/field';
import { useTexts } from '../i18n/texts';
import type { Attachment } from './report-values';
import { reportTexts } from './texts';

/** Files that belong to the report. They stay with the person; their check sums say later that they are the same. */
export function Attachments() {
  const { write: t } = useTexts(reportTexts);
  const { field } = useController({ name: 'attachments' });
  const chosen = field.value as readonly Attachment[];
  const add = async (files: FileList | null) => {
    const added = await Promise.all(
      [...(files ?? [])].map(async (file) => ({ name: file.name, sha256: await sha256Of(file) })),
    );
    const known = new Set(chosen.map(({ sha256 }) => sha256));
    field.onChange([...chosen, ...added.filter(({ sha256 }) => !known.has(sha256))]);
  };
  return (
    <>
      <Field name="attachments" label={t.attachments} hint={t.attachmentsHint} isOptional>
        {(links) => (
          <input
            {...links}
            type="file"
            multiple
            className="kern-form-input__input"
            onChange={(event) => void add(event.target.files)}
          />
        )}
      </Field>
      <Chosen
        chosen={chosen.map(({ name, sha256 }) => ({ key: sha256, name, detail: sha256 }))}
        onRemove={(gone) => field.onChange(chosen.filter(({ sha256 }) => sha256 !== gone))}
      />
    </>
  );
}
