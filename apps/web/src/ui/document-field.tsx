import { useRef, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import type { DocumentView } from '#contracts';
import { Problem } from '../api/problem';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Fault, Field, fieldId, type FieldProps } from './field';

const ACCEPTED = '.pdf,.xml,.jpg,.jpeg,.png,application/pdf,application/xml,text/xml,image/jpeg,image/png';
const SHOWN = 16;

interface DocumentFieldProps extends FieldProps {
  /** Where the sha256 of the file stands in the form, besides the id of the document at `name`. */
  readonly hashName?: string;
  /** Gives the file in. The key is the same when the same file is sent again. */
  readonly keep: (file: File, key: string) => Promise<DocumentView>;
  readonly onKept?: (document: DocumentView) => void;
}

/** Sends a file as soon as it was chosen; the form holds the id of the document that it has become. */
export function DocumentField({ hashName, keep, onKept, ...field }: DocumentFieldProps) {
  const { document: t } = useTexts(common);
  const { setValue, clearErrors } = useFormContext();
  const taken: unknown = useWatch({ name: hashName ?? field.name });
  const [sending, setSending] = useState<{ readonly name: string; readonly isDone: boolean }>();
  const [problem, setProblem] = useState<Problem>();
  const latest = useRef('');
  const set = (id: string, sha256: string) => {
    setValue(field.name, id, { shouldDirty: true });
    if (hashName !== undefined) setValue(hashName, sha256, { shouldDirty: true });
  };
  const take = async (file: File | undefined) => {
    const key = crypto.randomUUID();
    latest.current = key;
    setProblem(undefined);
    setSending(file && { name: file.name, isDone: false });
    set('', '');
    if (file === undefined) return;
    try {
      const document = await keep(file, key);
      // Another file was chosen meanwhile.
      if (latest.current !== key) return;
      set(document.id, document.sha256);
      clearErrors(field.name);
      setSending({ name: file.name, isDone: true });
      onKept?.(document);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setSending(undefined);
      setProblem(error);
    }
  };
  return (
    <Field {...field}>
      {(links) => (
        <>
          <input
            {...links}
            type="file"
            accept={ACCEPTED}
            className="kern-form-input__input"
            onChange={(event) => void take(event.target.files?.[0])}
          />
          <small className="kern-body" role="status">
            {sending && (sending.isDone ? t.kept(sending.name) : t.sending(sending.name))}
            {/* A draft that is opened again has the sum, and the browser shows no file. */}
            {!sending && typeof taken === 'string' && taken !== '' && t.keptBefore(taken.slice(0, SHOWN))}
          </small>
          <Fault id={`${fieldId(field.name)}-refused`} message={problem?.detail} />
        </>
      )}
    </Field>
  );
}
