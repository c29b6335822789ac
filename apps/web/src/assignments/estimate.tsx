import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { estimateCost, type Instrument } from '#contracts/finance';
import { call } from '../api/call';
import { useTexts } from '../i18n/texts';
import { withoutBlanks } from '../ui/issues';
import { Refusal } from '../ui/query-state';
import { Table } from '../ui/table';
import { Money } from '../ui/values';
import { PlanLines } from './plan-lines';
import { planOf, type PlanValues } from './plan-values';
import { assignmentTexts } from './texts';

/** The cost plan of what the form holds, before anything is written; every line opens. */
export function Estimate({ instrument }: { readonly instrument: Instrument }) {
  const { plan: t, page } = useTexts(assignmentTexts);
  const values = (withoutBlanks(useWatch()) ?? {}) as PlanValues;
  const { costInputs, period, fullTimePercent } = planOf(values, instrument);
  const input = { costInputs, period, fullTimePercent };
  const checked = estimateCost.request.safeParse(input);
  const query = useQuery({
    queryKey: [estimateCost.subject, input],
    queryFn: ({ signal }) => call(estimateCost, input, { signal }),
    enabled: checked.success,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <section className="part" aria-label={t.estimate}>
      <h2 className="kern-heading-small">{t.estimate}</h2>
      {query.error && checked.success ? <Refusal error={query.error} /> : null}
      {query.data && checked.success ? (
        <>
          <p className="kern-body" role="status">
            {page.total}:{' '}
            <strong>
              <Money value={query.data.total} />
            </strong>
          </p>
          {query.data.local && (
            <p className="kern-body">
              {page.promised}:{' '}
              <strong>
                <Money value={query.data.local.total} />
              </strong>
              {query.data.local.reservePercent > 0 && `. ${page.reserve(query.data.local.reservePercent)}`}
            </p>
          )}
          <Table
            caption={t.estimate}
            rows={query.data.byYear}
            keyOf={({ year }) => String(year)}
            columns={[
              { title: page.year, isHeading: true, cell: ({ year }) => year },
              { title: page.total, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
            ]}
          />
          <PlanLines plan={query.data} />
        </>
      ) : (
        <p className="kern-body">{t.estimateHint}</p>
      )}
    </section>
  );
}
