import { useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useRef, useState } from 'react';
import { Link } from 'react-router';
import { type BankMessageView, importBankMessage } from '#contracts/finance';
import { Problem } from '../api/problem';
import { sendFile } from '../api/send-file';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { FilesField } from '../ui/files-field';
import { Section } from '../ui/page';
import { StatusTag, type TagTone } from '../ui/status-tag';
import { Table } from '../ui/table';
import { bankTexts } from './texts';
import { type ContainerFault, ContainerRefused, unpacked } from './unpacked';
import { WORK_LIST } from './work-list';

interface Sent {
  readonly key: string;
  readonly file: File;
  readonly isReading: boolean;
  readonly result?: BankMessageView;
  readonly problem?: Problem;
  readonly container?: ContainerFault;
}

/** Takes in what the bank sent, file after file, and says of each what it did. */
export function Upload() {
  const { upload: t } = useTexts(bankTexts);
  const { sent, isBusy, send, sendAll } = useUpload();
  const input = useRef<HTMLInputElement>(null);
  const [isDryRun, setDryRun] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const start = (event: SyntheticEvent) => {
    event.preventDefault();
    const files = [...(input.current?.files ?? [])];
    setMissing(files.length === 0);
    if (files.length === 0) input.current?.focus();
    else void send(files, isDryRun);
  };
  const refused = sent.filter(({ problem }) => problem !== undefined);
  return (
    <Section title={t.title}>
      <form className="upload" onSubmit={start} noValidate aria-busy={isBusy}>
        <FilesField
          id="bank-files"
          ref={input}
          label={t.files}
          hint={t.hint}
          accept=".xml,.zip,application/xml,text/xml,application/zip"
          isMany
          fault={isMissing ? t.chooseFirst : undefined}
        />
        <label className="keys__switch">
          <input
            type="checkbox"
            className="kern-form-check__checkbox"
            checked={isDryRun}
            onChange={() => setDryRun(!isDryRun)}
          />
          <span className="kern-label">{t.dryRun}</span>
        </label>
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={isBusy}>
            {isDryRun ? t.check : t.start}
          </Button>
          {!isBusy && refused.length > 0 && (
            <Button
              onClick={() =>
                void sendAll(
                  refused.map(({ file, key }) => ({ ...waiting(file), key })),
                  isDryRun,
                )
              }
            >
              {t.again}
            </Button>
          )}
        </div>
      </form>
      <Results sent={sent} isBusy={isBusy} />
    </Section>
  );
}

function useUpload() {
  const client = useQueryClient();
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const [isBusy, setBusy] = useState(false);

  async function send(files: readonly File[], isDryRun: boolean): Promise<void> {
    await sendAll((await Promise.all(files.map(waitingIn))).flat(), isDryRun);
  }

  async function sendAll(files: readonly Sent[], isDryRun: boolean): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setSent(files);
    const say = (key: string, said: Partial<Sent>) =>
      setSent((before) => before.map((each) => (each.key === key ? { ...each, ...said } : each)));
    try {
      // One after the other: the bank's files build on each other.
      for (const { key, file, container } of files) {
        if (container !== undefined) continue;
        say(key, { isReading: true });
        say(key, { isReading: false, ...(await importOne(file, key, isDryRun)) });
      }
      await client.invalidateQueries();
    } finally {
      setBusy(false);
    }
  }

  return { sent, isBusy, send, sendAll };
}

async function importOne(file: File, key: string, isDryRun: boolean): Promise<Partial<Sent>> {
  const query = { fileName: file.name, dryRun: String(isDryRun) };
  try {
    // What is only tried is another thing than what is taken in.
    return {
      result: await sendFile(importBankMessage, file, { query, idempotencyKey: isDryRun ? `try-${key}` : key }),
    };
  } catch (error) {
    if (error instanceof Problem) return { problem: error };
    throw error;
  }
}

/** What is sent of a chosen file: itself, or what is in it. */
async function waitingIn(file: File): Promise<readonly Sent[]> {
  try {
    return (await unpacked(file)).map(waiting);
  } catch (error) {
    if (error instanceof ContainerRefused) return [{ ...waiting(file), container: error.fault }];
    throw error;
  }
}

function waiting(file: File): Sent {
  return { key: crypto.randomUUID(), file, isReading: false };
}

function Results({ sent, isBusy }: { readonly sent: readonly Sent[]; readonly isBusy: boolean }) {
  const { upload: t, messages, kinds } = useTexts(bankTexts);
  if (sent.length === 0) return null;
  const done = sent.filter(({ result, problem, container }) => result ?? problem ?? container).length;
  const open = sent.reduce((sum, { result }) => sum + (result?.isDryRun ? 0 : (result?.unmatchedEntries ?? 0)), 0);
  return (
    <>
      <label className="progress">
        <span className="kern-body" role="status">
          {t.progress(done, sent.length)}
        </span>
        <progress max={sent.length} value={done} />
      </label>
      <Table
        caption={t.results}
        rows={sent}
        keyOf={({ key }) => key}
        columns={[
          {
            title: messages.columns.file,
            isHeading: true,
            cell: ({ file, result }) =>
              result && !result.isDryRun ? (
                <Link className="kern-link" to={`/bank/messages/${result.id}`}>
                  {file.name}
                </Link>
              ) : (
                file.name
              ),
          },
          { title: messages.columns.state, cell: (each) => <Outcome sent={each} /> },
          { title: messages.columns.kind, cell: ({ result }) => (result ? kinds[result.kind] : '–') },
          { title: messages.columns.entries, isNumeric: true, cell: ({ result }) => result?.entries ?? '–' },
          { title: messages.columns.matched, isNumeric: true, cell: ({ result }) => result?.matchedEntries ?? '–' },
          { title: messages.columns.open, isNumeric: true, cell: ({ result }) => result?.unmatchedEntries ?? '–' },
          {
            title: messages.columns.payouts,
            cell: ({ result }) =>
              result ? messages.payouts(result.bookedPayouts, result.returnedPayouts, result.rejectedPayouts) : '–',
          },
        ]}
      />
      {!isBusy && done > 0 && (
        <div className="buttons">
          {open > 0 && <LinkButton to={WORK_LIST}>{t.toEntries}</LinkButton>}
          <LinkButton to="/bank/reconciliation">{t.toReconciliation}</LinkButton>
        </div>
      )}
    </>
  );
}

function Outcome({ sent: { isReading, result, problem, container } }: { readonly sent: Sent }) {
  const { upload: t } = useTexts(bankTexts);
  const [tone, text] = ((): [TagTone, string] => {
    if (problem ?? container) return ['danger', t.refused];
    if (!result) return ['neutral', isReading ? t.reading : t.waiting];
    if (result.isDryRun) return ['info', t.dry];
    return result.isRepeated ? ['neutral', t.repeated] : ['success', t.taken];
  })();
  return (
    <div className="stack stack--start">
      <StatusTag tone={tone}>{text}</StatusTag>
      {problem && <span className="kern-body kern-body--small">{problem.detail}</span>}
      {container && <span className="kern-body kern-body--small">{t.container[container]}</span>}
    </div>
  );
}
