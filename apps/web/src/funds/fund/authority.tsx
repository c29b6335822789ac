import type { FundBalancesView, FundView } from '#contracts/finance';
import { useTexts } from '../../i18n/texts';
import { Section } from '../../ui/page';
import { sumOf } from '../../ui/sum-of';
import { Table } from '../../ui/table';
import { Money } from '../../ui/values';
import { fundsTexts } from '../texts';
import { fundTexts } from './texts';

/** What may be committed at the expense of future years, and what of it is (BHO 38). */
export function Authority({ fund, balances }: { readonly fund: FundView; readonly balances: FundBalancesView }) {
  const { cockpit: t } = useTexts(fundTexts);
  const { year: yearTitle } = useTexts(fundsTexts);
  const rows = fund.budgetYears.flatMap((budget) => {
    const balance = balances.years.find(({ year }) => year === budget.year);
    return budget.authority === 'COMMITMENT' && balance ? [{ budget, balance }] : [];
  });
  return (
    <Section title={t.authority}>
      {rows.length === 0 ? (
        <p className="kern-body">{t.noAuthority}</p>
      ) : (
        <>
          <p className="kern-body">{t.authorityHow}</p>
          <Table
            caption={t.authority}
            rows={rows}
            keyOf={({ budget: { year } }) => String(year)}
            columns={[
              { title: yearTitle, isHeading: true, cell: ({ budget: { year } }) => year },
              { title: t.plan, isNumeric: true, cell: ({ budget: { plan } }) => <Money value={plan} /> },
              { title: t.released, isNumeric: true, cell: ({ balance: { released } }) => <Money value={released} /> },
              {
                title: t.authorityUsed,
                isNumeric: true,
                cell: ({ balance: { reserved, committed } }) => (
                  <Money value={sumOf([reserved, committed])[0] ?? committed} />
                ),
              },
              {
                title: t.authorityFree,
                isNumeric: true,
                cell: ({ balance: { available } }) => <Money value={available} />,
              },
            ]}
          />
        </>
      )}
    </Section>
  );
}
