import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import {
  type FundPeriodStatement,
  type FundView,
  getFundPeriodStatement,
  exportFundStatement,
} from '#contracts/finance';
import { mayCall } from '../../api/may';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { AuditFolder } from '../../ui/audit-folder';
import { ChoiceFilter, Filters } from '../../ui/filters';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { Table } from '../../ui/table';
import { Money, Period } from '../../ui/values';
import { fundsTexts } from '../texts';
import { Exports } from './exports';
import { FundFrame } from './fund-frame';
import { fundTexts } from './texts';
import { thisYear } from '../../ui/calendar';

/** The books of a year or a month, and the files made from them. */
export function StatementPage() {
  const { statement: t } = useTexts(fundTexts);
  return <FundFrame part={t.title}>{(fund) => <Parts fund={fund} />}</FundFrame>;
}

function Parts({ fund }: { readonly fund: FundView }) {
  const { statement: t } = useTexts(fundTexts);
  const { year: yearLabel } = useTexts(fundsTexts);
  const language = useLanguage();
  const { roles } = useSession();
  const [parameters] = useSearchParams();
  const year = parameters.get('year') ?? parameters.get('period') ?? String(thisYear());
  const month = parameters.get('month');
  const period = month === null ? year : `${year}-${month}`;
  const query = useQuery({
    ...read(getFundPeriodStatement, { fundId: fund.id, period }),
    placeholderData: keepPreviousData,
  });
  const years = [...new Set([thisYear(), ...fund.budgetYears.map((each) => each.year)])].sort();
  return (
    <>
      {mayCall(exportFundStatement, roles) && <Exports fundId={fund.id} year={year} />}
      <AuditFolder subject={{ kind: 'FUND_YEAR', fundId: fund.id, year: Number(year) }} />
      <Section title={t.period}>
        <Filters stays>
          <ChoiceFilter
            name="year"
            label={yearLabel}
            otherwise={year}
            choices={years.map((each) => ({ value: String(each), label: String(each) }))}
          />
          <ChoiceFilter name="month" label={t.monthOf} choices={monthsOf(language)} />
        </Filters>
        <Loaded query={query}>{(statement) => <Statement statement={statement} />}</Loaded>
      </Section>
    </>
  );
}

function Statement({ statement }: { readonly statement: FundPeriodStatement }) {
  const { statement: t } = useTexts(fundTexts);
  const { stages, categories, year: yearLabel } = useTexts(fundsTexts);
  const { rows, closing, sources, from, to, entries } = statement;
  if (rows.length === 0) return <p className="kern-body empty">{t.none}</p>;
  return (
    <div className="stack">
      <p className="kern-body">
        <Period value={{ from, to }} />: {t.entries(entries)}
      </p>
      <h3 className="kern-heading-small">{t.closings}</h3>
      <Table
        caption={t.closings}
        rows={closing}
        keyOf={({ stage }) => stage}
        columns={[
          { title: t.closing, isHeading: true, cell: ({ stage }) => stages[stage] },
          { title: t.closings, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
      <p className="kern-body kern-body--small">{t.zero}</p>
      <h3 className="kern-heading-small">{t.sources}</h3>
      <Table
        caption={t.sources}
        rows={sources}
        keyOf={({ year }) => String(year)}
        columns={[
          { title: yearLabel, isHeading: true, cell: ({ year }) => year },
          { title: t.released, isNumeric: true, cell: ({ released }) => <Money value={released} /> },
          { title: t.carriedOver, isNumeric: true, cell: ({ carriedOver }) => <Money value={carriedOver} /> },
          { title: t.lapsed, isNumeric: true, cell: ({ lapsed }) => <Money value={lapsed} /> },
          { title: t.cut, isNumeric: true, cell: ({ cut }) => <Money value={cut} /> },
          { title: t.repaid, isNumeric: true, cell: ({ repaid }) => <Money value={repaid} /> },
          { title: t.held, isNumeric: true, cell: ({ total }) => <Money value={total} /> },
        ]}
      />
      <details className="rule">
        <summary>
          <span>{t.rows}</span>
        </summary>
        <div className="rule__inside">
          <Table
            caption={t.rows}
            rows={rows}
            keyOf={({ year, category, stage }) => `${year}${category}${stage}`}
            columns={[
              {
                title: yearLabel,
                isHeading: true,
                cell: ({ year, stage }) => `${year}, ${stages[stage]}`,
              },
              { title: t.category, cell: ({ category }) => (category ? categories[category] : t.notForOne) },
              { title: t.opening, isNumeric: true, cell: ({ opening }) => <Money value={opening} /> },
              { title: t.additions, isNumeric: true, cell: ({ additions }) => <Money value={additions} /> },
              { title: t.deductions, isNumeric: true, cell: ({ deductions }) => <Money value={deductions} /> },
              { title: t.closing, isNumeric: true, cell: (row) => <Money value={row.closing} /> },
            ]}
          />
        </div>
      </details>
    </div>
  );
}

function monthsOf(language: ReturnType<typeof useLanguage>) {
  const name = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1).padStart(2, '0'),
    label: name.format(new Date(Date.UTC(2000, index, 1))),
  }));
}
