import { Link } from 'react-router';
import type { SupplierInvoiceView } from '#contracts/finance';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { CaseNumber } from '../ui/case-number';
import { Section } from '../ui/page';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Money } from '../ui/values';
import { PAYOUT_TONES } from './tones';

interface ExpensePaymentsProps {
  readonly payouts: SupplierInvoiceView['payouts'];
  readonly title: string;
  readonly columns: { readonly payout: string; readonly status: string; readonly amount: string };
}

/** The payment of an invoice or journey, and what paid it again. */
export function ExpensePayments({ payouts, title, columns }: ExpensePaymentsProps) {
  const { words } = useTexts(common);
  return (
    <Section title={title}>
      <Table
        caption={title}
        rows={payouts}
        keyOf={({ id }) => id}
        columns={[
          {
            title: columns.payout,
            isHeading: true,
            cell: ({ id, caseNumber }) => (
              <Link className="kern-link" to={`/money/payouts/${id}`}>
                <CaseNumber value={caseNumber} />
              </Link>
            ),
          },
          {
            title: columns.status,
            cell: ({ status }) => <StatusTag tone={PAYOUT_TONES[status]}>{words.payoutStatus[status]}</StatusTag>,
          },
          { title: columns.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
    </Section>
  );
}
