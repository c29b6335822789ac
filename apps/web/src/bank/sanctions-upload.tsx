import { useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useRef, useState } from 'react';
import { importSanctionsList } from '#contracts/finance';
import { Problem } from '../api/problem';
import { sendFile } from '../api/send-file';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { FilesField } from '../ui/files-field';
import { Notice } from '../ui/notice';
import { useTell } from '../ui/notices';
import { Section } from '../ui/page';
import { checkTexts } from './texts';

/** A new edition of the list; from then on every payee is screened against it. */
export function SanctionsUpload() {
  const { hits: t } = useTexts(checkTexts);
  const tell = useTell();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function send(file: File): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      const mediaType = file.name.endsWith('.gz') ? 'application/gzip' : 'application/xml';
      // The same edition is refused a second time by itself, so any key will do.
      const sending = { query: {}, mediaType, idempotencyKey: crypto.randomUUID() };
      const { number } = await sendFile(importSanctionsList, file, sending);
      await client.invalidateQueries();
      tell(t.imported(number));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  const start = (event: SyntheticEvent) => {
    event.preventDefault();
    const file = input.current?.files?.[0];
    setFault(file ? undefined : t.chooseFirst);
    if (!file) input.current?.focus();
    else if (!isBusy) void send(file);
  };
  return (
    <Section title={t.upload}>
      <form className="upload" onSubmit={start} noValidate aria-busy={isBusy}>
        {problem && (
          <Notice tone="danger" title={t.refused} role="alert">
            <p className="kern-body">{problem.detail}</p>
          </Notice>
        )}
        <FilesField id="sanctions-list" ref={input} label={t.file} hint={t.fileHint} accept=".xml,.gz" fault={fault} />
        <div className="buttons">
          <Button type="submit" aria-disabled={isBusy}>
            {isBusy ? t.reading : t.start}
          </Button>
        </div>
      </form>
    </Section>
  );
}
