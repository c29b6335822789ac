import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { type RecheckView, SERVICES, type ServiceName } from '#contracts';
import { beginEventsRecheck, listEventsRechecks } from '#contracts/events';
import { beginFinanceRecheck, listFinanceRechecks } from '#contracts/finance';
import { beginPartnershipRecheck, listPartnershipRechecks } from '#contracts/partnership';
import { beginStaffingRecheck, listStaffingRechecks } from '#contracts/staffing';
import { read } from '../api/query';
import { numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Refusal, Skeleton } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Instant } from '../ui/values';
import { BeginRecheck } from './begin-recheck';
import { operationsTexts } from './texts';

const RECHECKS = {
  partnership: { begin: beginPartnershipRecheck, list: listPartnershipRechecks },
  staffing: { begin: beginStaffingRecheck, list: listStaffingRechecks },
  finance: { begin: beginFinanceRecheck, list: listFinanceRechecks },
  events: { begin: beginEventsRecheck, list: listEventsRechecks },
} as const;

const WHILE_RUNNING_MS = 2_000;

interface Recheck extends RecheckView {
  readonly service: ServiceName;
}

/** Whether all that a service told the others has arrived: what was compared, what was sent again, and how to compare now. */
export function RechecksPage() {
  const { title: operations, rechecks: t, services } = useTexts(operationsTexts);
  const [chosen, choose] = useState<ServiceName>();
  const answers = useQueries({
    queries: SERVICES.map((name) => ({
      ...read(RECHECKS[name].list, {}),
      refetchInterval: ({ state }: { state: { data?: { items: RecheckView[] } } }) =>
        state.data?.items.some(({ finishedAt }) => finishedAt === null) ? WHILE_RUNNING_MS : false,
    })),
  });
  const known = SERVICES.flatMap((service, index) => {
    const items = answers[index]?.data?.items;
    return items ? [{ service, items }] : [];
  });
  const rows = known
    .flatMap(({ service, items }): Recheck[] => items.map((item) => ({ ...item, service })))
    .sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  const away = SERVICES.filter((_, index) => answers[index]?.data === undefined && answers[index]?.error);
  const refused = answers.every(({ error }) => error !== null) ? answers[0]?.error : undefined;
  return (
    <Page title={t.title} lead={t.lead} crumbs={[{ label: operations, to: '/operations' }]}>
      {refused && <Refusal error={refused} />}
      {!refused && away.length > 0 && (
        <Notice tone="warning" title={t.away} role="status">
          <p className="kern-body">{away.map((service) => services[service]).join(', ')}</p>
        </Notice>
      )}
      {answers.some(({ isPending }) => isPending) && <Skeleton />}
      {known.length > 0 && <Latest known={known} onBegin={choose} />}
      {known.length > 0 && <Course rows={rows} />}
      {chosen && <BeginRecheck service={chosen} operation={RECHECKS[chosen].begin} onClose={() => choose(undefined)} />}
    </Page>
  );
}

/** One row for each service, with the act. */
function Latest({
  known,
  onBegin,
}: {
  readonly known: readonly { readonly service: ServiceName; readonly items: readonly RecheckView[] }[];
  readonly onBegin: (service: ServiceName) => void;
}) {
  const { rechecks: t, services } = useTexts(operationsTexts);
  return (
    <Section title={t.latest}>
      <Table
        caption={t.latest}
        rows={known}
        keyOf={({ service }) => service}
        columns={[
          { title: t.service, isHeading: true, cell: ({ service }) => services[service] },
          {
            title: t.requested,
            cell: ({ items: [last] }) => (last ? <Instant value={last.requestedAt} /> : t.never),
          },
          { title: t.outcome, cell: ({ items: [last] }) => (last ? <Outcome recheck={last} /> : '–') },
          {
            title: t.column,
            cell: ({ service, items: [last] }) =>
              last && last.finishedAt === null ? (
                t.oneAtATime
              ) : (
                <Button aria-label={t.actOf(services[service])} onClick={() => onBegin(service)}>
                  {t.act}
                </Button>
              ),
          },
        ]}
      />
    </Section>
  );
}

function Outcome({ recheck: { finishedAt, publishedAgain, missingRows } }: { readonly recheck: RecheckView }) {
  const { rechecks: t } = useTexts(operationsTexts);
  if (missingRows > 0) return <StatusTag tone="danger">{t.missing(missingRows)}</StatusTag>;
  if (finishedAt === null) return <StatusTag tone="info">{t.running}</StatusTag>;
  if (publishedAgain > 0) return <StatusTag tone="warning">{t.again(publishedAgain)}</StatusTag>;
  return <StatusTag tone="success">{t.whole}</StatusTag>;
}

function Course({ rows }: { readonly rows: readonly Recheck[] }) {
  const { rechecks: t, services } = useTexts(operationsTexts);
  const language = useLanguage();
  return (
    <Section title={t.course}>
      {rows.length === 0 ? (
        <p className="kern-body empty">{t.empty}</p>
      ) : (
        <Table
          caption={t.course}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            { title: t.requested, isHeading: true, cell: ({ requestedAt }) => <Instant value={requestedAt} /> },
            { title: t.service, cell: ({ service }) => services[service] },
            { title: t.by, cell: ({ requestedBy }) => t.byItself[requestedBy] ?? requestedBy },
            { title: t.reason, cell: ({ reason, requestedBy }) => (t.byItself[requestedBy] ? '–' : reason) },
            { title: t.since, cell: ({ since }) => (since === null ? t.everything : <Instant value={since} />) },
            { title: t.checked, isNumeric: true, cell: ({ checked }) => numberText(checked, language) },
            { title: t.outcome, cell: (recheck) => <Outcome recheck={recheck} /> },
          ]}
        />
      )}
    </Section>
  );
}
