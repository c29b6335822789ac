import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import {
  type ImportDecisionField,
  type ImportRowView,
  listPartnershipImportRows,
  type PartnershipImportView,
} from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { countryName, dayText, lastDayOf } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { ProblemCard } from './problem-card';
import { importTexts } from './texts';
import { VERDICT_TONES } from './tones';
import type { Repairing } from './use-repair';

const LIST = listPartnershipImportRows.request.pick({ verdict: true, cursor: true });

interface ImportRowsProps {
  readonly view: PartnershipImportView;
  readonly repairing: Repairing;
}

/** The table: what stands in the file, what is made of it, and at each cell what is in doubt. */
export function ImportRows({ view, repairing }: ImportRowsProps) {
  const { grid: t, desk } = useTexts(importTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(
    read(listPartnershipImportRows, { importId: view.id, limit: 50, ...parametersOf(LIST, parameters) }),
  );
  const side = (row: ImportRowView, fields: readonly ImportDecisionField[], outcome: ReactNode) => (
    <Cell view={view} row={row} fields={fields} outcome={outcome} repairing={repairing} />
  );
  return (
    <Section title={t.title}>
      <List
        query={query}
        caption={t.title}
        empty={t.empty}
        keyOf={({ number }) => String(number)}
        columns={[
          { title: t.number, isHeading: true, cell: ({ number }) => number },
          {
            title: t.verdict,
            cell: (row) => (
              <div className="stack stack--start">
                <StatusTag tone={VERDICT_TONES[row.verdict]}>{desk.verdicts[row.verdict]}</StatusTag>
                {row.duplicateOf !== null && <small>{t.duplicateOf(row.duplicateOf)}</small>}
                {row.partnershipId !== null && (
                  <Link className="kern-link" to={`/partnerships/${row.partnershipId}`}>
                    {t.partnership}
                  </Link>
                )}
                {row.decisions.leaveOut !== undefined && <small>{row.decisions.leaveOut}</small>}
                {view.status === 'OPEN' && <TakeBack row={row} repairing={repairing} />}
              </div>
            ),
          },
          {
            title: t.german,
            cell: (row) => side(row, ['germanKey', 'germanName'], <German row={row} />),
          },
          {
            title: t.partner,
            cell: (row) => side(row, ['partnerName', 'country', 'partnerKind', 'partner'], <Partner row={row} />),
          },
          {
            title: t.terms,
            cell: (row) =>
              side(row, ['kind', 'from', 'lastDay', 'languages', 'fieldsOfAction', 'another'], <Terms row={row} />),
          },
        ]}
      />
    </Section>
  );
}

function Cell({
  view: { columns, status },
  row,
  fields,
  outcome,
  repairing,
}: ImportRowsProps & {
  readonly row: ImportRowView;
  readonly fields: readonly ImportDecisionField[];
  readonly outcome: ReactNode;
}) {
  const { grid: t } = useTexts(importTexts);
  const written = fields.flatMap((field) => {
    const column = (columns as Partial<Record<ImportDecisionField, number>>)[field];
    const text = column === undefined ? '' : (row.cells[column] ?? '');
    return text === '' ? [] : [text];
  });
  const notes = row.notes.filter(({ field }) => fields.includes(field));
  const problems = row.problems.filter(({ field }) => fields.includes(field));
  return (
    <div className="stack stack--start">
      <span>{outcome}</span>
      {written.length > 0 && <small>{t.written(written.join(', '))}</small>}
      {notes.map((note) => (
        <small key={`${note.field} ${note.code}`}>{t.notes[note.code](note.value, note.taken)}</small>
      ))}
      {status === 'OPEN' &&
        problems.map((problem) => (
          <ProblemCard
            key={`${problem.field} ${problem.code}`}
            problem={problem}
            rows={[row.number]}
            repairing={repairing}
          />
        ))}
    </div>
  );
}

/** What was decided of a row can be decided anew. */
function TakeBack({ row, repairing }: { readonly row: ImportRowView; readonly repairing: Repairing }) {
  const { grid: t, fields } = useTexts(importTexts);
  return (Object.keys(row.decisions) as ImportDecisionField[]).map((field) => (
    <Button
      key={field}
      rank="tertiary"
      aria-disabled={repairing.isSending}
      onClick={() => void repairing.repair({ rows: [row.number], field, value: null })}
    >
      {t.takeBack(fields[field])}
    </Button>
  ));
}

function German({ row: { outcome } }: { readonly row: ImportRowView }) {
  const { grid: t } = useTexts(importTexts);
  if (outcome.german === null) return '–';
  const { name, key, municipalityId } = outcome.german;
  return (
    <>
      <strong>{name}</strong> {key} {municipalityId === null && t.isNew}
    </>
  );
}

function Partner({ row: { outcome } }: { readonly row: ImportRowView }) {
  const { grid: t } = useTexts(importTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  if (outcome.partner === null) return '–';
  const { name, country, kind, municipalityId } = outcome.partner;
  return (
    <>
      <strong>{name}</strong> {countryName(country, language)}, {words.municipalityKind[kind]}{' '}
      {municipalityId === null && t.isNew}
    </>
  );
}

function Terms({ row: { outcome } }: { readonly row: ImportRowView }) {
  const { grid: t } = useTexts(importTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  if (outcome.partnership === null) return '–';
  const { kind, period } = outcome.partnership;
  const days = period && t.period(dayText(period.from, language), period.to && dayText(lastDayOf(period.to), language));
  return (
    <>
      <strong>{words.partnershipKind[kind]}</strong> {days}
    </>
  );
}
