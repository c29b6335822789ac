import { useQuery } from '@tanstack/react-query';
import type { Money as MoneyValue } from '#contracts';
import { type FundYearCourse, getFundYearCourse } from '#contracts/finance';
import { read } from '../../api/query';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { LineChart } from '../../ui/chart/line-chart';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { less } from '../../ui/sum-of';
import { Table } from '../../ui/table';
import { Money } from '../../ui/values';
import { drawn, monthName, shortAmount } from '../amounts';
import type { YearBalance } from './year-balance';
import { burnDown } from './burn-down';
import { fundTexts } from './texts';

interface CourseProps {
  readonly fundId: string;
  readonly year: number;
  readonly balances: YearBalance | undefined;
}

/** The burn-down of a year: what was left at the end of each month, and what is expected to be left. */
export function Course({ fundId, year, balances }: CourseProps) {
  const { cockpit: t } = useTexts(fundTexts);
  const query = useQuery(read(getFundYearCourse, { fundId, year }));
  if (!balances) return null;
  return (
    <Section title={t.course(year)}>
      <Loaded query={query}>{(course) => <Picture course={course} released={balances.released} />}</Loaded>
    </Section>
  );
}

function Picture({ course, released }: { readonly course: FundYearCourse; readonly released: MoneyValue }) {
  const { cockpit: t } = useTexts(fundTexts);
  const language = useLanguage();
  const months = burnDown(course, released);
  return (
    <LineChart
      title={t.courseTitle(course.year)}
      labels={months.map(({ month }) => monthName(month, language))}
      format={shortAmount(released.currency, language)}
      lines={[
        { name: t.leftActual, values: months.map(({ actual }) => actual && drawn(actual)) },
        { name: t.leftExpected, isExpected: true, values: months.map(({ expected }) => expected && drawn(expected)) },
      ]}
      table={
        <Table
          caption={t.courseTitle(course.year)}
          rows={months}
          keyOf={({ month }) => month}
          columns={[
            { title: t.month, isHeading: true, cell: ({ month }) => monthName(month, language) },
            { title: t.spent, isNumeric: true, cell: ({ spent }) => <Money value={spent} /> },
            { title: t.due, isNumeric: true, cell: ({ due }) => <Money value={due} /> },
            {
              title: t.left,
              isNumeric: true,
              cell: ({ actual, expected }) => <Money value={expected ?? actual ?? less(released)} />,
            },
          ]}
        />
      }
    />
  );
}
