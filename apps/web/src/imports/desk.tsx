import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import {
  getPartnershipImport,
  groupPartnershipImportProblems,
  type ImportVerdict,
  listPartnershipImportActions,
  type PartnershipImportView,
} from '#contracts/partnership';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { Acts } from '../ui/acts';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { useImportActs } from './import-acts';
import { ProblemCard } from './problem-card';
import { ImportRows } from './rows';
import { importTexts } from './texts';
import { IMPORT_TONES } from './tones';
import { type Repairing, useRepair } from './use-repair';

/** Where a table is looked at, repaired and run. */
export function ImportDeskPage() {
  const { importId = '' } = useParams();
  const query = useQuery(read(getPartnershipImport, { importId }));
  return <Loaded query={query}>{(view) => <Desk view={view} />}</Loaded>;
}

function Desk({ view }: { readonly view: PartnershipImportView }) {
  const { desk: t, list, status } = useTexts(importTexts);
  const repairing = useRepair(view);
  const acts = useImportActs(view);
  const { counts } = view;
  const [parameters] = useSearchParams();
  const shown = parameters.get('verdict');
  return (
    <Page
      title={view.fileName}
      trailOf={view.id}
      crumbs={[{ label: list.title, to: '/imports' }]}
      tag={<StatusTag tone={IMPORT_TONES[view.status]}>{status[view.status]}</StatusTag>}
      lead={t.lead(view.rows)}
      acts={
        <Acts
          of={listPartnershipImportActions}
          id={{ importId: view.id }}
          acts={acts}
          version={view.version}
          seen={{
            [t.verdicts.READY]: String(counts.ready),
            [t.verdicts.NEEDS_DECISION]: String(counts.needsDecision),
          }}
        />
      }
    >
      {view.repeats !== null && <Notice tone="info" title={t.repeats} />}
      {repairing.problem && (
        <Notice tone="danger" title={repairing.problem.isStale ? t.stale : t.refused} role="alert">
          {!repairing.problem.isStale && <p className="kern-body">{repairing.problem.detail}</p>}
        </Notice>
      )}
      <p className="kern-body" role="status">
        {view.status === 'DONE' ? t.came(counts) : t.would(counts)}
        {repairing.isSending && ` ${t.sending}`}
      </p>
      <Verdicts view={view} />
      {view.status === 'OPEN' && counts.needsDecision > 0 && shown === null && (
        <Problems view={view} repairing={repairing} />
      )}
      {view.status !== 'DISCARDED' && <ImportRows view={view} repairing={repairing} />}
    </Page>
  );
}

const ALL_VERDICTS: readonly (readonly [ImportVerdict, keyof PartnershipImportView['counts']])[] = [
  ['NEEDS_DECISION', 'needsDecision'],
  ['READY', 'ready'],
  ['MADE', 'made'],
  ['LEFT_OUT', 'leftOut'],
  ['UNCHANGED', 'unchanged'],
  ['DUPLICATE', 'duplicate'],
  ['SKIPPED', 'skipped'],
];

/** The rows by what became of them; each count opens its rows. */
function Verdicts({ view: { counts, rows } }: { readonly view: PartnershipImportView }) {
  const { desk: t } = useTexts(importTexts);
  const [parameters] = useSearchParams();
  const shown = parameters.get('verdict');
  const some = ALL_VERDICTS.filter(([verdict, count]) => counts[count] > 0 || verdict === shown);
  return (
    <nav className="navigation tabs" aria-label={t.filter}>
      <ul>
        <li>
          <Link to="?" aria-current={shown === null ? 'page' : undefined}>
            {t.all(rows)}
          </Link>
        </li>
        {some.map(([verdict, count]) => (
          <li key={verdict}>
            <Link to={`?verdict=${verdict}`} aria-current={shown === verdict ? 'page' : undefined}>
              {`${t.verdicts[verdict]} (${counts[count]})`}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Each question once, whatever number of rows it is about. */
function Problems({ view, repairing }: { readonly view: PartnershipImportView; readonly repairing: Repairing }) {
  const { problems: t } = useTexts(importTexts);
  const query = useQuery(read(groupPartnershipImportProblems, { importId: view.id }));
  return (
    <Section title={t.title}>
      <Loaded query={query}>
        {({ items }) => (
          <>
            {items.map(({ problem, rows }) => (
              <article className="panel" key={JSON.stringify(problem)}>
                <div className="panel__head">
                  <h3 className="kern-title">{t.rows(rows)}</h3>
                </div>
                <ProblemCard problem={problem} rows={rows} repairing={repairing} />
              </article>
            ))}
          </>
        )}
      </Loaded>
    </Section>
  );
}
