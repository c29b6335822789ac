import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { LineChart } from '../../ui/chart/line-chart';
import { Table } from '../../ui/table';
import { Money } from '../../ui/values';
import { drawn, monthAndYear, monthOfYear, shortAmount } from '../amounts';
import type { Named } from './named';
import { whatIfTexts } from './texts';

/** What is left after each month, as it is and under the scenarios; up to the last one in which anything falls due. */
export function Months({ outlooks }: { readonly outlooks: readonly Named[] }) {
  const t = useTexts(whatIfTexts);
  const language = useLanguage();
  const months = monthsOf(outlooks);
  const at = ({ months: of }: Named, month: string) => of.find((it) => it.month === month);
  const currency = outlooks.flatMap(({ years }) => years)[0]?.money.currency ?? 'EUR';
  return (
    <LineChart
      title={t.chartTitle}
      labels={months.map((month) => monthOfYear(month))}
      format={shortAmount(currency, language)}
      lines={outlooks.map((outlook, index) => ({
        name: outlook.name,
        look: index,
        values: months.map((month) => {
          const it = at(outlook, month);
          return it && drawn(it.left);
        }),
      }))}
      isTableWide
      table={
        <Table
          caption={t.chartTitle}
          rows={months}
          keyOf={(month) => month}
          columns={[
            { title: t.monthColumn, isHeading: true, cell: (month) => monthAndYear(month, language) },
            ...outlooks.flatMap((outlook) => [
              {
                title: t.dueOf(outlook.name),
                isNumeric: true,
                cell: (month: string) => amountOf(at(outlook, month)?.due),
              },
              {
                title: t.leftOf(outlook.name),
                isNumeric: true,
                cell: (month: string) => amountOf(at(outlook, month)?.left),
              },
            ]),
          ]}
        />
      }
    />
  );
}

function amountOf(amount: Parameters<typeof Money>[0]['value'] | undefined) {
  return amount === undefined ? '–' : <Money value={amount} />;
}

function monthsOf(outlooks: readonly Named[]): string[] {
  const all = outlooks.flatMap(({ months }) => months);
  const last = all.reduce((latest, { month, due }) => (isNone(due.amount) ? latest : later(latest, month)), '');
  const months = [...new Set(all.map(({ month }) => month))].sort();
  return last === '' ? months.slice(0, 12) : months.filter((month) => month <= last);
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

function isNone(amount: string): boolean {
  return /^0(\.0+)?$/.test(amount);
}
