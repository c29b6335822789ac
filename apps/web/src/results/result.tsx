import { Link } from 'react-router';
import {
  addIndicator,
  addResultPeriod,
  changeResult,
  correctFigure,
  listResultActions,
  lockResultPeriod,
  recordFigure,
  type ResultView,
  setResultOrigins,
  withdrawResult,
} from '#contracts/partnership';
import { usePartnershipNames } from '../api/names';
import { dayAfter, localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { Facts } from '../ui/facts';
import { Page, Section } from '../ui/page';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Instant } from '../ui/values';
import { Indicator } from './indicator';
import { usePeriodText } from './period-text';
import { OfResult } from './result-form';
import { resultTexts } from './texts';

export function ResultPage() {
  return <OfResult>{(result) => <Detail result={result} />}</OfResult>;
}

function Detail({ result }: { readonly result: ResultView }) {
  const { list, types, states, page: t } = useTexts(resultTexts);
  const language = useLanguage();
  const { id, type, status, statusReason, description, indicators } = result;
  return (
    <Page
      title={localized(result.title, language)}
      trailOf={id}
      crumbs={[{ label: list.title, to: '/results' }]}
      tag={<StatusTag tone={status === 'CURRENT' ? 'success' : 'neutral'}>{states[status]}</StatusTag>}
      lead={types[type]}
      acts={<ResultActs result={result} />}
    >
      {statusReason !== null && (
        <p className="kern-body">
          <strong>{t.reason}:</strong> {statusReason}
        </p>
      )}
      <Section title={t.facts}>
        <p className="kern-body written">{description}</p>
        <Origins result={result} />
        <Periods result={result} />
      </Section>
      {indicators.length === 0 && <p className="kern-body">{t.noIndicators}</p>}
      {indicators.map((indicator) => (
        <Indicator key={indicator.id} result={result} indicator={indicator} />
      ))}
    </Page>
  );
}

function Origins({ result: { origins } }: { readonly result: ResultView }) {
  const { page: t } = useTexts(resultTexts);
  const nameOf = usePartnershipNames(origins.map(({ partnershipId }) => partnershipId));
  return (
    <Facts
      facts={origins.map(({ partnershipId, projectId, projectTitle }) => ({
        label: t.partnership,
        value: (
          <>
            <Link className="kern-link" to={`/partnerships/${partnershipId}`}>
              {nameOf(partnershipId)}
            </Link>
            {projectId !== null && (
              <>
                {': '}
                <Link className="kern-link" to={`/projects/${projectId}`}>
                  {projectTitle}
                </Link>
              </>
            )}
          </>
        ),
      }))}
    />
  );
}

function Periods({ result: { periods } }: { readonly result: ResultView }) {
  const { page: t } = useTexts(resultTexts);
  const periodText = usePeriodText();
  if (periods.length === 0) return null;
  return (
    <Table
      caption={t.period}
      rows={periods}
      keyOf={({ id }) => id}
      columns={[
        { title: t.period, isHeading: true, cell: periodText },
        {
          title: t.state,
          cell: ({ lockedAt, lockedBy }) =>
            lockedAt === null || lockedBy === null ? (
              <StatusTag tone="neutral">{t.open}</StatusTag>
            ) : (
              <div>
                <StatusTag tone="success">{t.locked}</StatusTag>
                <div className="kern-body kern-body--small">
                  {t.lockedBy(lockedBy)}, <Instant value={lockedAt} />
                </div>
              </div>
            ),
        },
      ]}
    />
  );
}

function ResultActs({ result }: { readonly result: ResultView }) {
  const { acts: t, list, states, page } = useTexts(resultTexts);
  const periodText = usePeriodText();
  const { id, version, status, indicators, periods } = result;
  const fixed = { resultId: id };
  const open = periods.filter(({ lockedAt }) => lockedAt === null);
  const hasBoth = indicators.length > 0 && open.length > 0;
  const { period, lock, withdraw } = t;
  return (
    <Acts
      of={listResultActions}
      id={fixed}
      version={version}
      seen={{ [list.status]: states[status] }}
      acts={[
        ...(hasBoth ? [{ operation: recordFigure, label: t.figure, to: `/results/${id}/figure`, isNext: true }] : []),
        {
          operation: addIndicator,
          label: t.indicator,
          to: `/results/${id}/indicator`,
          isNext: indicators.length === 0,
        },
        act({
          operation: addResultPeriod,
          ...period,
          isNext: periods.length === 0,
          fixed,
          fields: {
            from: { label: period.firstDay },
            to: {
              label: period.lastDay,
              sent: (last: unknown) => (typeof last === 'string' && last !== '' ? dayAfter(last) : last),
            },
          },
        }),
        ...(open.length === 0
          ? []
          : [
              act({
                operation: lockResultPeriod,
                ...lock,
                fixed,
                fields: {
                  periodId: {
                    label: lock.which,
                    choices: open.map((each) => ({ value: each.id, label: periodText(each) })),
                  },
                },
              }),
            ]),
        ...(open.length < periods.length
          ? [{ operation: correctFigure, label: t.correct, to: `/results/${id}/correction` }]
          : []),
        { operation: changeResult, label: t.edit, to: `/results/${id}/edit` },
        { operation: setResultOrigins, label: t.origins, to: `/results/${id}/origins` },
        act({
          operation: withdrawResult,
          ...withdraw,
          isRare: true,
          fixed,
          fields: { reason: { label: page.reason, rows: 3 } },
        }),
      ]}
    />
  );
}
