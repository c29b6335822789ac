import type { CostPlanView } from '#contracts/finance';
import { useTexts } from '../i18n/texts';
import { Table } from '../ui/table';
import { Amounts } from '../ui/values';
import { assignmentTexts } from './texts';

/** The lines that a cost plan adds up from, with the rules they come from. */
export function PlanLines({ plan: { byItem, ruleIds } }: { readonly plan: CostPlanView }) {
  const { page, items } = useTexts(assignmentTexts);
  return (
    <details className="rule">
      <summary>
        <span>{page.opened}</span>
      </summary>
      <div className="rule__inside">
        <Table
          caption={page.opened}
          rows={byItem}
          keyOf={({ item, year }) => `${item}${year}`}
          columns={[
            { title: page.item, isHeading: true, cell: ({ item }) => items[item] },
            { title: page.year, isNumeric: true, cell: ({ year }) => year },
            {
              title: page.total,
              isNumeric: true,
              cell: ({ amount, local }) => <Amounts amount={amount} local={local} />,
            },
          ]}
        />
        <p className="kern-body kern-body--small written">{page.rules(ruleIds.join(', '))}</p>
      </div>
    </details>
  );
}
