import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type FundView, getFundYearCourse, LEDGER_STAGES } from '#contracts/finance';
import { read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { OpenedNumber } from '../../ui/opened-number';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { less, sumOf } from '../../ui/sum-of';
import { Money } from '../../ui/values';
import { fundsTexts } from '../texts';
import type { YearBalance } from './year-balance';
import { fundTexts } from './texts';

interface YearNumbersProps {
  readonly fund: FundView;
  readonly year: number;
  readonly balances: YearBalance | undefined;
}

const INSIDE = LEDGER_STAGES.filter((stage) => stage !== 'external');

/** The few numbers of a year that matter, each with what it was made from and where to read on. */
export function YearNumbers({ fund, year, balances }: YearNumbersProps) {
  const { cockpit: t } = useTexts(fundTexts);
  const { stages } = useTexts(fundsTexts);
  const budget = fund.budgetYears.find((each) => each.year === year);
  if (!budget || !balances) return null;
  const { plan, released, carriedOver, carryOver } = budget;
  const [bound = balances.committed] = sumOf([balances.reserved, balances.committed]);
  return (
    <Section title={t.numbers(year)}>
      <div className="numbers">
        <OpenedNumber
          label={t.plan}
          value={<Money value={plan} />}
          how={t.planHow}
          from={[
            { label: t.released, value: <Money value={released} /> },
            { label: t.notReleased, value: <Money value={less(plan, released)} /> },
          ]}
        >
          <Link className="kern-link" to="journal?kind=BUDGET_RELEASED,RELEASE_REVERSED">
            {t.toJournal}
          </Link>
        </OpenedNumber>
        <OpenedNumber
          label={t.released}
          value={<Money value={balances.released} />}
          how={t.releasedHow}
          from={[
            ...INSIDE.map((stage) => ({ label: stages[stage], value: <Money value={balances[stage]} /> })),
            { label: t.carriedOver, value: <Money value={carriedOver} /> },
            ...(carryOver ? [{ label: t.carryOver, value: <Money value={carryOver.amount} /> }] : []),
          ]}
        >
          <Link className="kern-link" to={`statement?period=${year}`}>
            {t.toStatement}
          </Link>
        </OpenedNumber>
        <OpenedNumber label={t.available} value={<Money value={balances.available} />} how={t.availableHow} from={[]} />
        <OpenedNumber
          label={t.bound}
          value={<Money value={bound} />}
          how={t.boundHow}
          from={[
            { label: stages.reserved, value: <Money value={balances.reserved} /> },
            { label: stages.committed, value: <Money value={balances.committed} /> },
          ]}
        >
          <Link className="kern-link" to={`/funds/commitments?fundId=${fund.id}&status=RESERVED,COMMITTED`}>
            {t.toCommitments}
          </Link>
        </OpenedNumber>
        <OpenedNumber
          label={t.paid}
          value={<Money value={balances.paid} />}
          how={t.paidHow}
          from={[
            { label: stages.payable, value: <Money value={balances.payable} /> },
            { label: stages.returned, value: <Money value={balances.returned} /> },
          ]}
        >
          <Link className="kern-link" to={`/money/payouts?fundId=${fund.id}&status=BOOKED`}>
            {t.toPayouts}
          </Link>
        </OpenedNumber>
        <Rest fundId={fund.id} year={year} balances={balances} />
      </div>
    </Section>
  );
}

function Rest({
  fundId,
  year,
  balances,
}: {
  readonly fundId: string;
  readonly year: number;
  readonly balances: YearBalance;
}) {
  const { cockpit: t } = useTexts(fundTexts);
  const query = useQuery(read(getFundYearCourse, { fundId, year }));
  return (
    <Loaded query={query}>
      {({ months }) => {
        const [expected = balances.paid] = sumOf(months.map((each) => each.expected));
        return (
          <OpenedNumber
            label={t.rest}
            value={<Money value={less(balances.released, balances.paid, expected)} />}
            how={t.restHow}
            from={[
              { label: t.releasedToday, value: <Money value={balances.released} /> },
              { label: t.paid, value: <Money value={balances.paid} /> },
              { label: t.expected, value: <Money value={expected} /> },
            ]}
          >
            <Link className="kern-link" to={`/money/payouts?fundId=${fundId}`}>
              {t.toPayouts}
            </Link>
          </OpenedNumber>
        );
      }}
    </Loaded>
  );
}
