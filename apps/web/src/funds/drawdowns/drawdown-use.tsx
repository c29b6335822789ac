import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { type DrawdownUseView, type DrawdownView, getDrawdownUse } from '#contracts/finance';
import { read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { DayInput } from '../../ui/day-input';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { StatusTag } from '../../ui/status-tag';
import { Table } from '../../ui/table';
import { Day, Money } from '../../ui/values';
import { Interest } from '../interest';
import { fundsTexts } from '../texts';
import { drawdownTexts } from './texts';

/** What the money of a drawdown was spent on, what is late, and the interest that it costs. */
export function DrawdownUse({ drawdown: { id } }: { readonly drawdown: DrawdownView }) {
  const { page: t } = useTexts(drawdownTexts);
  const field = useId();
  const [day, setDay] = useState('');
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day);
  const query = useQuery({
    ...read(getDrawdownUse, { drawdownId: id, ...(isDay && { asOf: day }) }),
    placeholderData: keepPreviousData,
  });
  return (
    <Section
      title={t.use}
      acts={
        <label htmlFor={field} className="inline-field">
          {t.asOf} <DayInput id={field} value={day || (query.data?.asOf ?? '')} onChange={setDay} />
        </label>
      }
    >
      <Loaded query={query}>{(use) => <Use use={use} />}</Loaded>
    </Section>
  );
}

function Use({ use: { parts, late, interest } }: { readonly use: DrawdownUseView }) {
  const { page: t } = useTexts(drawdownTexts);
  const { places, amount: amountTitle } = useTexts(fundsTexts);
  return (
    <div className="stack">
      <Table
        caption={t.use}
        rows={parts}
        keyOf={({ place }) => place}
        columns={[
          { title: t.place, isHeading: true, cell: ({ place }) => places[place] },
          { title: t.deadline, cell: ({ deadlineOn }) => (deadlineOn ? <Day value={deadlineOn} /> : '–') },
          { title: amountTitle, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
          { title: t.spent, isNumeric: true, cell: ({ spent }) => <Money value={spent} /> },
          { title: t.unspent, isNumeric: true, cell: ({ unspent }) => <Money value={unspent} /> },
          { title: t.late, isNumeric: true, cell: (part) => <Money value={part.late} /> },
          { title: t.spentLate, isNumeric: true, cell: ({ spentLate }) => <Money value={spentLate} /> },
        ]}
      />
      <p className="kern-body kern-body--small">{t.fifo}</p>
      {parts.map((part) => (
        <Uses key={part.place} part={part} />
      ))}
      <p className="kern-body">
        {t.lateTotal}: <Money value={late} />
      </p>
      <Interest interest={interest} />
    </div>
  );
}

function Uses({ part: { place, uses } }: { readonly part: DrawdownUseView['parts'][number] }) {
  const { page: t } = useTexts(drawdownTexts);
  const { places, amount: amountTitle } = useTexts(fundsTexts);
  if (uses.length === 0) return null;
  const caption = t.usesOf(places[place]);
  return (
    <details className="rule">
      <summary>
        <span>{caption}</span>
        <span>{t.uses(uses.length)}</span>
      </summary>
      <div className="rule__inside">
        <Table
          caption={caption}
          rows={uses}
          keyOf={({ payoutId, spentOn }) => `${payoutId}${spentOn}`}
          columns={[
            {
              title: t.on,
              isHeading: true,
              cell: ({ payoutId, spentOn }) => (
                <Link className="kern-link" to={`/money/payouts/${payoutId}`}>
                  {t.payout}, <Day value={spentOn} />
                </Link>
              ),
            },
            { title: amountTitle, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
            { title: t.late, cell: ({ isLate }) => (isLate ? <StatusTag tone="danger">{t.useLate}</StatusTag> : '–') },
          ]}
        />
      </div>
    </details>
  );
}
