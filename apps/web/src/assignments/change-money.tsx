import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useWatch } from 'react-hook-form';
import type { RequestInputOf } from '#contracts';
import { type ChangeEstimate, estimateChange, type estimateShareChange } from '#contracts/finance';
import { call } from '../api/call';
import { dayAfter, dayText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { DayInput } from '../ui/day-input';
import { withoutBlanks } from '../ui/issues';
import { Refusal } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Money } from '../ui/values';
import { PlanLines } from './plan-lines';
import { isDay } from './plan-values';
import { assignmentTexts } from './texts';

type Estimating = typeof estimateChange | typeof estimateShareChange;
type Values = Readonly<Record<string, unknown>>;

interface ChangeMoneyProps<O extends Estimating> {
  readonly operation: O;
  /** The question, from what the fields hold; what is not complete yet is not asked. */
  readonly inputOf: (values: Values) => Values;
}

/** The money of a change, year by year and beside what is bound now, before the change is asked for. */
export function ChangeMoney<O extends Estimating>({ operation, inputOf }: ChangeMoneyProps<O>) {
  const { preview: t, page } = useTexts(assignmentTexts);
  const language = useLanguage();
  const input = inputOf((withoutBlanks(useWatch()) ?? {}) as Values);
  const checked = operation.request.safeParse(input);
  const { data, error } = useQuery({
    queryKey: [operation.subject, input],
    queryFn: ({ signal }) =>
      call<Estimating>(operation, input as RequestInputOf<Estimating>, { signal }) as Promise<Partial<ChangeEstimate>>,
    enabled: checked.success,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!checked.success) return <p className="kern-body kern-body--small">{t.hint}</p>;
  if (error) return <Refusal error={error} />;
  const { total, byYear = [], isCovered, plan, pausedFrom } = data ?? {};
  if (!total) return null;
  const sum = { year: t.total, ...total, missing: undefined };
  return (
    <section className="stack" aria-label={t.title}>
      <h3 className="kern-heading-small">{t.title}</h3>
      <div role="status">
        <StatusTag tone={isCovered ? 'success' : 'danger'}>{isCovered ? t.covered : t.notCovered}</StatusTag>
      </div>
      {pausedFrom !== undefined && 'interrupted' in input && (
        <p className="kern-body">{pausedFrom === null ? t.paidOn : t.paused(dayText(pausedFrom, language))}</p>
      )}
      <Table
        caption={t.title}
        rows={[...byYear, sum]}
        keyOf={({ year }) => String(year)}
        columns={[
          { title: page.year, isHeading: true, cell: ({ year }) => year },
          { title: t.before, isNumeric: true, cell: ({ before }) => <Money value={before} /> },
          { title: t.after, isNumeric: true, cell: ({ after }) => <Money value={after} /> },
          { title: t.missing, isNumeric: true, cell: ({ missing }) => (missing ? <Money value={missing} /> : '') },
        ]}
      />
      {plan && <PlanLines plan={plan} />}
    </section>
  );
}

/** An interruption has no end yet when it begins; to see its money, one is supposed. */
export function InterruptionMoney({ commitmentId }: { readonly commitmentId: string }) {
  const { preview: t } = useTexts(assignmentTexts);
  const id = useId();
  const [back, setBack] = useState('');
  return (
    <>
      <div className="kern-form-input">
        <label className="kern-label" htmlFor={id}>
          {t.back}
        </label>
        <div className="kern-hint" id={`${id}-hint`}>
          {t.backHint}
        </div>
        <DayInput id={id} aria-describedby={`${id}-hint`} value={back} onChange={setBack} />
      </div>
      <ChangeMoney
        operation={estimateChange}
        inputOf={({ interruptedOn, attributableToExpert }) => ({
          commitmentId,
          interrupted: { from: interruptedOn, to: back },
          attributableToExpert,
        })}
      />
    </>
  );
}

/** People say the last day; requests want the day after it. */
export function dayAfterOf(last: unknown): unknown {
  return typeof last === 'string' && isDay(last) ? dayAfter(last) : last;
}
