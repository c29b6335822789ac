import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import {
  changeIndicator,
  type IndicatorView,
  listResultFigures,
  type ResultFigureView,
  type ResultView,
  STANDARD_INDICATORS,
} from '#contracts/partnership';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { localized, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Facts } from '../ui/facts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Instant } from '../ui/values';
import { usePeriodText } from './period-text';
import { resultTexts } from './texts';
import { heightOf, useUnit, useValueText, Value } from './value-text';

/** The picture comes after the figures, which are what is read on a slow line. */
const LineChart = lazy(async () => ({ default: (await import('../ui/chart/line-chart')).LineChart }));

/** All versions that one answer holds; a series of 40 periods has at most 80 that count. */
const FIGURES_SHOWN = 200;

interface OfIndicator {
  readonly result: ResultView;
  readonly indicator: IndicatorView;
}

export function Indicator({ result, indicator }: OfIndicator) {
  const { page: t } = useTexts(resultTexts);
  const { roles } = useSession();
  const language = useLanguage();
  const query = useQuery(
    read(listResultFigures, { resultId: result.id, indicatorId: indicator.id, limit: FIGURES_SHOWN }),
  );
  const mayChange = result.status === 'CURRENT' && mayCall(changeIndicator, roles);
  return (
    <Section
      title={localized(indicator.title, language)}
      acts={
        mayChange && (
          <Link className="kern-link" to={`/results/${result.id}/indicators/${indicator.id}`}>
            {t.change}
            <span className="kern-sr-only">: {localized(indicator.title, language)}</span>
          </Link>
        )
      }
    >
      <KeyFacts indicator={indicator} />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="kern-body">{t.noFigures}</p>
          ) : (
            <>
              <Course result={result} indicator={indicator} figures={items.filter(({ isCurrent }) => isCurrent)} />
              <Versions result={result} indicator={indicator} figures={items} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function KeyFacts({ indicator }: { readonly indicator: IndicatorView }) {
  const { page: t, arithmetics } = useTexts(resultTexts);
  const language = useLanguage();
  const valueText = useValueText();
  const unit = useUnit()(indicator);
  const { standard, arithmetic, baseline, sdgTargets } = indicator;
  return (
    <Facts
      facts={[
        {
          label: t.standard,
          value: standard ? localized(STANDARD_INDICATORS[standard].title, language) : t.ownIndicator,
        },
        ...(unit === null ? [] : [{ label: t.unit, value: unit }]),
        ...(arithmetic === null ? [] : [{ label: t.arithmetic, value: arithmetics[arithmetic] }]),
        {
          label: t.baseline,
          value: baseline === null ? t.noBaseline : `${valueText(baseline.value, unit)} ${t.inYear(baseline.year)}`,
        },
        ...(sdgTargets.length === 0 ? [] : [{ label: t.targets, value: sdgTargets.join(', ') }]),
      ]}
    />
  );
}

type WithFigures = OfIndicator & { readonly figures: readonly ResultFigureView[] };

/** Target and observation of each period: the picture of what can be drawn, and its table always. */
function Course({ result, indicator, figures }: WithFigures) {
  const { page: t, figures: kinds } = useTexts(resultTexts);
  const language = useLanguage();
  const periodText = usePeriodText();
  const rows = result.periods
    .map((period) => {
      const of = (kind: ResultFigureView['kind']) =>
        figures.find((each) => each.periodId === period.id && each.kind === kind);
      return { period, target: of('TARGET'), actual: of('ACTUAL') };
    })
    .filter(({ target, actual }) => target ?? actual);
  const table = <CourseTable indicator={indicator} rows={rows} />;
  if (indicator.kind === 'YES_NO' || indicator.kind === 'TEXT') return table;
  return (
    <Suspense fallback={table}>
      <LineChart
        title={t.chart(localized(indicator.title, language))}
        labels={rows.map(({ period }) => periodText(period))}
        lines={[
          { name: kinds.ACTUAL, values: rows.map(({ actual }) => heightOf(actual?.value)) },
          { name: kinds.TARGET, values: rows.map(({ target }) => heightOf(target?.value)), isExpected: true },
        ]}
        format={(value) => numberText(value, language) + (indicator.kind === 'PERCENTAGE' ? ' %' : '')}
        table={table}
        isTableWide
      />
    </Suspense>
  );
}

interface Row {
  readonly period: ResultView['periods'][number];
  readonly target: ResultFigureView | undefined;
  readonly actual: ResultFigureView | undefined;
}

function CourseTable({ indicator, rows }: { readonly indicator: IndicatorView; readonly rows: readonly Row[] }) {
  const { page: t, figures: kinds, categories } = useTexts(resultTexts);
  const language = useLanguage();
  const valueText = useValueText();
  const unit = useUnit()(indicator);
  const periodText = usePeriodText();
  const hasParts = rows.some(({ actual }) => (actual?.parts.length ?? 0) > 0);
  return (
    <Table
      caption={t.chart(localized(indicator.title, language))}
      rows={rows}
      keyOf={({ period }) => period.id}
      columns={[
        { title: t.period, isHeading: true, cell: ({ period }) => periodText(period) },
        { title: kinds.TARGET, isNumeric: true, cell: ({ target }) => <Value value={target?.value} unit={unit} /> },
        { title: kinds.ACTUAL, isNumeric: true, cell: ({ actual }) => <Value value={actual?.value} unit={unit} /> },
        ...(hasParts
          ? [
              {
                title: t.parts,
                cell: ({ actual }: Row) => (
                  <div>
                    {actual?.parts.map(({ category, value }) => (
                      <div key={category}>
                        {categories[category]}: {valueText(value)}
                      </div>
                    ))}
                  </div>
                ),
              },
            ]
          : []),
        { title: t.source, cell: ({ actual }) => actual?.source ?? '–' },
      ]}
    />
  );
}

function Versions({ result, indicator, figures }: WithFigures) {
  const { page: t, figures: kinds } = useTexts(resultTexts);
  const unit = useUnit()(indicator);
  const periodText = usePeriodText();
  const periods = new Map(result.periods.map((period) => [period.id, periodText(period)]));
  return (
    <details>
      <summary>{t.versions}</summary>
      <Table
        caption={t.versions}
        rows={figures}
        keyOf={({ id }) => id}
        columns={[
          {
            title: t.period,
            isHeading: true,
            cell: ({ periodId, kind }) => `${periods.get(periodId) ?? ''}, ${kinds[kind]}`,
          },
          {
            title: t.version,
            cell: ({ revision, isCurrent }) => (
              <>
                {revision}{' '}
                <StatusTag tone={isCurrent ? 'success' : 'neutral'}>{isCurrent ? t.counts : t.replaced}</StatusTag>
              </>
            ),
          },
          { title: t.value, isNumeric: true, cell: ({ value }) => <Value value={value} unit={unit} /> },
          { title: t.reason, cell: ({ reason, comment }) => reason ?? comment ?? '–' },
          {
            title: t.by,
            cell: ({ recordedBy, recordedAt }) => (
              <>
                {recordedBy}, <Instant value={recordedAt} />
              </>
            ),
          },
        ]}
      />
    </details>
  );
}
