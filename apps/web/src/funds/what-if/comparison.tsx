import { lazy, Suspense, useEffect, useRef } from 'react';
import type { FundSimulation, SimulatedOutlook } from '#contracts/finance';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { Notice } from '../../ui/notice';
import { Section } from '../../ui/page';
import { Skeleton } from '../../ui/query-state';
import { less } from '../../ui/sum-of';
import { Table } from '../../ui/table';
import { Money } from '../../ui/values';
import { monthAndYear } from '../amounts';
import type { Named } from './named';
import { whatIfTexts } from './texts';

const Months = lazy(async () => ({ default: (await import('./months')).Months }));

/** What the scenarios make of the fund: the verdict first, then month by month and year by year. */
export function Comparison({ result: { reality, scenarios } }: { readonly result: FundSimulation }) {
  const t = useTexts(whatIfTexts);
  const verdict = useRef<HTMLDivElement>(null);
  useEffect(() => verdict.current?.focus(), []);
  const all: Named[] = [{ name: t.reality, ...reality }, ...scenarios];
  return (
    <>
      <Section title={t.result}>
        <div className="side-by-side" ref={verdict} tabIndex={-1}>
          {scenarios.map((scenario) => (
            <Verdict key={scenario.name} scenario={scenario} />
          ))}
        </div>
      </Section>
      <Section title={t.monthsTitle}>
        <Suspense fallback={<Skeleton />}>
          <Months outlooks={all} />
        </Suspense>
      </Section>
      <Section title={t.yearsTitle}>
        <p className="kern-body">{t.yearsLead}</p>
        <Years outlooks={all} />
      </Section>
    </>
  );
}

function Verdict({ scenario }: { readonly scenario: SimulatedOutlook }) {
  const t = useTexts(whatIfTexts);
  const language = useLanguage();
  const { name, firstUncoveredMonth: month } = scenario;
  const refused = scenario.changes.filter(({ isPossible }) => !isPossible);
  const without = scenario.changes.filter(({ kind, affected }) => kind !== 'BUDGET' && affected === 0);
  const kindName = ({ kind }: SimulatedOutlook['changes'][number]): string =>
    kind === 'BUDGET' ? t.kinds.LESS : t.kinds[kind];
  return (
    <Notice
      tone={month === null && refused.length === 0 ? 'success' : 'warning'}
      title={`${name}: ${month === null ? t.covered : t.uncovered(monthAndYear(month, language))}`}
    >
      {refused.length === 0 ? (
        <p className="kern-body">{t.possible}</p>
      ) : (
        <>
          <p className="kern-body">{t.notPossible}</p>
          <ul>
            {refused.map((it, index) => (
              <li key={index}>{t.refused(kindName(it), it.covered, it.affected)}</li>
            ))}
          </ul>
        </>
      )}
      {without.map((it, index) => (
        <p key={index} className="kern-body">
          {t.nothingAffected(kindName(it))}
        </p>
      ))}
    </Notice>
  );
}

/** Each year as it is, and below it under the scenarios. */
function Years({ outlooks }: { readonly outlooks: readonly Named[] }) {
  const t = useTexts(whatIfTexts);
  const [reality] = outlooks;
  const years = [...new Set(outlooks.flatMap((it) => it.years.map(({ year }) => year)))].sort((a, b) => a - b);
  const rows = years.flatMap((year) => {
    const today = reality?.years.find((it) => it.year === year);
    return outlooks.flatMap(({ name, years: of }) =>
      of.filter((it) => it.year === year).map((it) => ({ name, today, ...it })),
    );
  });
  return (
    <Table
      caption={t.yearsTitle}
      rows={rows}
      keyOf={({ year, name }) => `${year} ${name}`}
      columns={[
        { title: t.year, isHeading: true, cell: ({ year, name }) => `${year}, ${name}` },
        { title: t.money, isNumeric: true, cell: ({ money }) => <Money value={money} /> },
        { title: t.spent, isNumeric: true, cell: ({ spent }) => <Money value={spent} /> },
        { title: t.bound, isNumeric: true, cell: ({ bound }) => <Money value={bound} /> },
        { title: t.blocked, isNumeric: true, cell: ({ blocked }) => <Money value={blocked} /> },
        { title: t.available, isNumeric: true, cell: ({ available }) => <Money value={available} /> },
        {
          title: t.difference,
          isNumeric: true,
          cell: ({ today, available }) => (today ? <Money value={less(available, today.available)} /> : '–'),
        },
      ]}
    />
  );
}
