import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Page } from '#contracts';
import type { PayoutView } from '#contracts/finance';
import { useAssignmentNames } from '../api/names';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { useCaseNumberColumn } from '../ui/case-number';
import { List } from '../ui/list';
import { StatusTag } from '../ui/status-tag';
import type { Column } from '../ui/table';
import { Amounts, Day } from '../ui/values';
import { moneyTexts, officeTexts } from './texts';
import { PAYOUT_TONES } from './tones';

interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
}

interface PayoutTableProps {
  readonly query: UseQueryResult<Page<PayoutView>>;
  readonly empty: string;
  readonly selection?: Selection;
}

export function PayoutTable({ query, empty, selection }: PayoutTableProps) {
  const { payouts: t, categories, nameOf: name, expert } = useTexts(moneyTexts);
  const { words } = useTexts(common);
  const nameOf = useAssignmentNames(query.data?.items.map(({ assignmentId }) => assignmentId) ?? [], name, expert);
  const whatOf = ({ purpose, instalment, assignmentId }: PayoutView) =>
    purpose ?? `${t.instalment(instalment)} – ${nameOf(assignmentId)}`;
  const { columns } = t;
  const { order } = useTexts(officeTexts);
  const numberColumn = useCaseNumberColumn();
  const select: Column<PayoutView>[] = selection
    ? [
        {
          title: order.select,
          cell: (payout) => <Choice payout={payout} name={whatOf(payout)} selection={selection} />,
        },
      ]
    : [];
  return (
    <List
      query={query}
      caption={t.title}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        ...select,
        numberColumn,
        {
          title: columns.what,
          isHeading: true,
          cell: (payout) => (
            <Link className="kern-link" to={`/money/payouts/${payout.id}`}>
              {whatOf(payout)}
            </Link>
          ),
        },
        {
          title: columns.status,
          cell: ({ status }) => <StatusTag tone={PAYOUT_TONES[status]}>{words.payoutStatus[status]}</StatusTag>,
        },
        { title: columns.due, cell: ({ dueOn }) => <Day value={dueOn} /> },
        { title: columns.category, cell: ({ category }) => categories[category] },
        { title: columns.year, isNumeric: true, cell: ({ budgetYear }) => budgetYear },
        {
          title: columns.amount,
          isNumeric: true,
          cell: ({ amount, instructed }) => <Amounts amount={amount} local={instructed?.amount} />,
        },
      ]}
    />
  );
}

function Choice({
  payout: { id },
  name,
  selection: { chosen, choose },
}: {
  readonly payout: PayoutView;
  readonly name: string;
  readonly selection: Selection;
}) {
  const { order } = useTexts(officeTexts);
  const toggle = () => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  return (
    <input
      type="checkbox"
      className="kern-form-check__checkbox"
      aria-label={order.choose(name)}
      checked={chosen.has(id)}
      onChange={toggle}
    />
  );
}
