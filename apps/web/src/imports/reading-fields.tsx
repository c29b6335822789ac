import { IMPORT_FIELDS, type PartnershipImportView } from '#contracts/partnership';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import type { FieldDeclaration } from '../ui/generated-fields';
import { choicesOf, RadioField, SelectField } from '../ui/inputs';
import { LanguagesChoice } from './defaults-fields';
import { importTexts } from './texts';

/** Which column says what, and what holds where a row says nothing. */
export function useReadingFields({
  header,
  columns,
  defaults,
}: PartnershipImportView): Readonly<Record<'columns' | 'defaults', FieldDeclaration>> {
  const { acts: t } = useTexts(importTexts);
  return {
    columns: {
      label: t.columns,
      initial: Object.fromEntries(IMPORT_FIELDS.map((field) => [field, columns[field]?.toString() ?? ''])),
      render: () => <ColumnFields key="columns" header={header} />,
      sent: (value) => columnsOf(value as Readonly<Record<string, string>>),
    },
    defaults: { label: t.defaults, initial: defaults, render: () => <DefaultsAgain key="defaults" /> },
  };
}

function ColumnFields({ header }: { readonly header: readonly string[] }) {
  const { acts: t, fields } = useTexts(importTexts);
  const choices = header.map((heading, index) => ({
    value: String(index),
    label: heading === '' ? t.column(index + 1) : heading,
  }));
  return IMPORT_FIELDS.map((field) => (
    <SelectField
      key={field}
      name={`columns.${field}`}
      label={fields[field]}
      choices={choices}
      empty={t.noColumn}
      isOptional
    />
  ));
}

function DefaultsAgain() {
  const { open: t } = useTexts(importTexts);
  const { words } = useTexts(common);
  return (
    <>
      <LanguagesChoice name="defaults.languages" />
      <RadioField name="defaults.partnerKind" label={t.partnerKind} choices={choicesOf(words.municipalityKind)} />
    </>
  );
}

function columnsOf(chosen: Readonly<Record<string, string | undefined>> = {}): Record<string, number> {
  return Object.fromEntries(
    Object.entries(chosen).flatMap(([field, column]) =>
      column === undefined || column === '' ? [] : [[field, Number(column)] as const],
    ),
  );
}
