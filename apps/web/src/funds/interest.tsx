import type { InterestView } from '#contracts/finance';
import { useTexts } from '../i18n/texts';
import { Notice } from '../ui/notice';
import { Table } from '../ui/table';
import { Decimal, Money, Period } from '../ui/values';
import { drawdownTexts } from './drawdowns/texts';

/** Interest with all that it was computed from: principal, days and rate of each half-year. */
export function Interest({ interest: { amount, isProvisional, periods } }: { readonly interest: InterestView }) {
  const { interest: t } = useTexts(drawdownTexts);
  if (periods.length === 0) return <p className="kern-body">{t.none}</p>;
  return (
    <>
      {isProvisional && <Notice tone="info" title={t.provisional} />}
      <details className="rule">
        <summary>
          <span>{t.title}</span>
          <Money value={amount} />
        </summary>
        <div className="rule__inside">
          <p className="kern-body kern-body--small">{t.how}</p>
          <Table
            caption={t.title}
            rows={periods}
            keyOf={({ from, principal }) => `${from}${principal.amount}`}
            columns={[
              {
                title: t.period,
                isHeading: true,
                cell: ({ from, to }) => <Period value={{ from, to }} />,
              },
              { title: t.principal, isNumeric: true, cell: ({ principal }) => <Money value={principal} /> },
              { title: t.days, isNumeric: true, cell: ({ days }) => days },
              {
                title: t.base,
                isNumeric: true,
                cell: ({ baseRatePercent }) => <Decimal value={baseRatePercent} unit="%" />,
              },
              { title: t.rate, isNumeric: true, cell: ({ ratePercent }) => <Decimal value={ratePercent} unit="%" /> },
            ]}
          />
        </div>
      </details>
    </>
  );
}
