import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { type FundBalancesView, type FundView, getFundBalances } from '#contracts/finance';
import { read } from '../../api/query';
import { ibanText } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { ChoiceFilter, Filters } from '../../ui/filters';
import { Section } from '../../ui/page';
import { Loaded, Skeleton } from '../../ui/query-state';
import { Authority } from './authority';
import { BudgetChanges } from './budget-changes';
import { FundActs } from './fund-acts';
import { FundFrame } from './fund-frame';
import { Pressing } from './pressing';
import { fundTexts } from './texts';
import { thisYear } from '../../ui/calendar';
import { YearNumbers } from './year-numbers';
import type { YearBalance } from './year-balance';
import { Years } from './years';

// The pictures come after the numbers: who is on a slow line reads those first.
const Course = lazy(async () => ({ default: (await import('./course')).Course }));
const ByStage = lazy(async () => ({ default: (await import('./by-stage')).ByStage }));

/** Where the money of a fund stands, and where it will stand at the end of the year. */
export function CockpitPage() {
  const { cockpit: t } = useTexts(fundTexts);
  return (
    <FundFrame
      lead={({ debtorAccount: { holder, iban } }) => t.account(holder, ibanText(iban))}
      acts={(fund) => <FundActs fund={fund} />}
    >
      {(fund) =>
        fund.budgetYears.length === 0 ? <p className="kern-body empty">{t.noYear}</p> : <Board fund={fund} />
      }
    </FundFrame>
  );
}

function Board({ fund }: { readonly fund: FundView }) {
  const { cockpit: t } = useTexts(fundTexts);
  const [parameters] = useSearchParams();
  const balances = useQuery(read(getFundBalances, { fundId: fund.id }));
  const year = chosenYear(fund, parameters.get('year'));
  return (
    <>
      <Pressing fundId={fund.id} />
      <Filters>
        <ChoiceFilter
          name="year"
          label={t.year}
          otherwise={String(year)}
          choices={fund.budgetYears.map((each) => ({ value: String(each.year), label: String(each.year) }))}
        />
      </Filters>
      <Loaded query={balances}>
        {(data) => (
          <>
            <YearNumbers fund={fund} year={year} balances={balanceOf(data, year)} />
            <Suspense fallback={<Skeleton />}>
              <Course fundId={fund.id} year={year} balances={balanceOf(data, year)} />
            </Suspense>
          </>
        )}
      </Loaded>
      <Suspense fallback={<Skeleton />}>
        <ByStage fund={fund} />
      </Suspense>
      <Loaded query={balances}>{(data) => <Authority fund={fund} balances={data} />}</Loaded>
      <Section title={t.years}>
        <Years fund={fund} />
      </Section>
      <BudgetChanges fund={fund} />
    </>
  );
}

function balanceOf({ years }: FundBalancesView, year: number): YearBalance | undefined {
  return years.find((each) => each.year === year);
}

/** The year in the address, else this year, else the last one that the fund has. */
function chosenYear({ budgetYears }: FundView, wanted: string | null): number {
  const years = budgetYears.map(({ year }) => year);
  const now = thisYear();
  return years.find((year) => String(year) === wanted) ?? years.find((year) => year === now) ?? years.at(-1) ?? now;
}
