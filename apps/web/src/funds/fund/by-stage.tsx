import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type FundBalancesView, type FundView, getFundBalances, LEDGER_STAGES } from '#contracts/finance';
import { read } from '../../api/query';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { StackedBars } from '../../ui/chart/stacked-bars';
import { DayInput } from '../../ui/day-input';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { Table } from '../../ui/table';
import { Money } from '../../ui/values';
import { drawn, shortAmount } from '../amounts';
import { fundsTexts } from '../texts';
import { fundTexts } from './texts';

/** From the ground up: what is gone for good first, what is still free on top. */
const STACKED = ['paid', 'payable', 'committed', 'reserved', 'blocked', 'available', 'returned'] as const;
type Stacked = (typeof STACKED)[number];

/** The years of a fund by stage, now or at the end of a day; each amount opens the cases that it is made of. */
export function ByStage({ fund }: { readonly fund: FundView }) {
  const { cockpit: t } = useTexts(fundTexts);
  const id = useId();
  const [parameters, setParameters] = useSearchParams();
  const day = parameters.get('asOf') ?? '';
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day);
  const asOf = isDay ? new Date(`${day}T23:59:59.999`).toISOString() : undefined;
  const query = useQuery({
    ...read(getFundBalances, { fundId: fund.id, ...(asOf !== undefined && { asOf }) }),
    placeholderData: keepPreviousData,
  });
  const choose = (value: string) =>
    setParameters(
      (before) => {
        const changed = new URLSearchParams(before);
        if (value === '') changed.delete('asOf');
        else changed.set('asOf', value);
        return changed;
      },
      { replace: true },
    );
  return (
    <Section
      title={t.byStage}
      acts={
        <label htmlFor={id} className="inline-field">
          {t.asOf} <DayInput id={id} value={day} onChange={choose} />
        </label>
      }
    >
      <Loaded query={query}>{(balances) => <Picture fund={fund} balances={balances} isNow={!isDay} />}</Loaded>
    </Section>
  );
}

interface PictureProps {
  readonly fund: FundView;
  readonly balances: FundBalancesView;
  readonly isNow: boolean;
}

function Picture({ fund, balances, isNow }: PictureProps) {
  const { cockpit: t } = useTexts(fundTexts);
  const { stages, year, total } = useTexts(fundsTexts);
  const language = useLanguage();
  const rows = [
    ...balances.years.map((each) => ({ ...each, name: String(each.year) })),
    { ...balances.total, name: total },
  ];
  return (
    <StackedBars
      title={t.byStageTitle}
      parts={STACKED.map((stage) => stages[stage])}
      bars={balances.years.map((each) => ({
        label: String(each.year),
        values: STACKED.map((stage) => drawn(each[stage])),
      }))}
      format={shortAmount(fund.currency, language)}
      table={
        <Table
          caption={t.byStageTitle}
          rows={rows}
          keyOf={({ name }) => name}
          columns={[
            { title: year, isHeading: true, cell: ({ name }) => name },
            ...LEDGER_STAGES.filter((stage): stage is Stacked => stage !== 'external').map((stage) => ({
              title: stages[stage],
              isNumeric: true,
              cell: (row: (typeof rows)[number]) => <Opened amount={row[stage]} to={casesOf(stage, fund.id, isNow)} />,
            })),
            { title: t.released, isNumeric: true, cell: ({ released }) => <Money value={released} /> },
          ]}
        />
      }
    />
  );
}

function Opened({
  amount,
  to,
}: {
  readonly amount: FundBalancesView['total']['paid'];
  readonly to: string | undefined;
}) {
  if (to === undefined || /^0(\.0+)?$/.test(amount.amount)) return <Money value={amount} />;
  return (
    <Link className="kern-link" to={to}>
      <Money value={amount} />
    </Link>
  );
}

// Of a past day the cases as they are now would be the wrong ones: there the journal is what there is.
function casesOf(stage: Stacked, fundId: string, isNow: boolean): string | undefined {
  if (!isNow) return `/funds/${fundId}/journal`;
  switch (stage) {
    case 'available':
      return `/funds/${fundId}/journal?kind=BUDGET_RELEASED,RELEASE_REVERSED,BUDGET_CUT,COMMITMENT_RELEASED,YEAR_CARRIED_OVER`;
    case 'blocked':
      return `/funds/${fundId}/journal?kind=BUDGET_BLOCKED,BUDGET_BLOCK_LIFTED`;
    case 'reserved':
      return `/funds/commitments?fundId=${fundId}&status=RESERVED`;
    case 'committed':
      return `/funds/commitments?fundId=${fundId}&status=COMMITTED`;
    case 'payable':
      return `/money/payouts?fundId=${fundId}&status=ORDERED,IN_RUN,SENT`;
    case 'paid':
      return `/money/payouts?fundId=${fundId}&status=BOOKED`;
    case 'returned':
      return `/money/payouts?fundId=${fundId}&status=REJECTED,RETURNED`;
  }
}
