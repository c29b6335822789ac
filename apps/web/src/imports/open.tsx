import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { createPartnershipImport } from '#contracts/partnership';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { FilesField } from '../ui/files-field';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { useOperationForm } from '../ui/use-operation-form';
import { DefaultsFields, defaultsOf, type DefaultsValues } from './defaults-fields';
import { type FileTable, readTable, type TableFault, TableRefused } from './read-table';
import { importTexts } from './texts';

/** Chooses the file, which is read here, and says what holds for all of its rows. Nothing is recorded by it. */
export function OpenImportPage() {
  const { open: t, list } = useTexts(importTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [table, setTable] = useState<FileTable>();
  const [fault, setFault] = useState<TableFault>();
  const take = async () => {
    const file = input.current?.files?.[0];
    setTable(undefined);
    setFault(undefined);
    if (!file) return;
    try {
      setTable(await readTable(file));
    } catch (error) {
      if (!(error instanceof TableRefused)) throw error;
      setFault(error.fault);
    }
  };
  const state = useOperationForm(createPartnershipImport, {
    defaults: { languages: [], fieldsOfAction: [{ key: '', percent: '100' }], partnerKind: '' },
    request: (values: DefaultsValues) => ({
      fileName: table?.fileName ?? '',
      header: table?.header ?? [],
      rows: table?.rows ?? [],
      defaults: defaultsOf(values),
    }),
    onDone: ({ id }) => void navigate(`/imports/${id}`),
  });
  return (
    <Page title={t.title} crumbs={[{ label: list.title, to: '/imports' }]} lead={t.lead}>
      <div onChange={(event) => event.target === input.current && void take()}>
        <FilesField
          ref={input}
          id="import-file"
          label={t.file}
          hint={t.fileHint}
          accept=".csv,.tsv,.txt,.xlsx"
          fault={fault && t.faults[fault]}
        />
      </div>
      <p className="kern-body" role="status">
        {table && t.read(table.rows.length, table.header.filter((heading) => heading !== '').join(', '))}
      </p>
      {table && (
        <FormFrame state={state}>
          <fieldset className="part">
            <legend>{t.defaults}</legend>
            <p className="kern-body">{t.defaultsHint}</p>
            <DefaultsFields />
          </fieldset>
          <div className="buttons">
            <Button rank="primary" type="submit" aria-disabled={state.isSending}>
              {state.isSending ? t.sending : t.submit}
            </Button>
            <LinkButton to="/imports">{cancel}</LinkButton>
          </div>
        </FormFrame>
      )}
    </Page>
  );
}
