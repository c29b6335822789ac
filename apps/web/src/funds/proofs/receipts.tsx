import type { ProofOfUseView } from '#contracts/finance';
import { useTexts } from '../../i18n/texts';
import { DocumentLink } from '../../ui/document-link';
import { Table } from '../../ui/table';
import { Day, Money } from '../../ui/values';
import { fundsTexts } from '../texts';
import { proofTexts } from './texts';

export function Receipts({ proof: { receipts } }: { readonly proof: ProofOfUseView }) {
  const { page, receipt: t } = useTexts(proofTexts);
  const { categories } = useTexts(fundsTexts);
  return (
    <Table
      caption={page.receipts}
      rows={receipts}
      keyOf={({ number, sha256 }) => `${number}${sha256}`}
      columns={[
        { title: t.number, isHeading: true, cell: ({ number }) => <span className="written">{number}</span> },
        { title: t.payee, cell: ({ payee }) => payee },
        { title: t.category, cell: ({ category }) => categories[category] },
        { title: t.paidOn, cell: ({ paidOn }) => <Day value={paidOn} /> },
        { title: t.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        { title: t.amountEur, isNumeric: true, cell: ({ amountEur }) => <Money value={amountEur} /> },
        {
          title: t.fileColumn,
          cell: ({ documentId, number }) =>
            documentId === null ? t.hashOnly : <DocumentLink documentId={documentId}>{t.open(number)}</DocumentLink>,
        },
      ]}
    />
  );
}

export function Inventory({ proof: { inventory } }: { readonly proof: ProofOfUseView }) {
  const { page, item: t } = useTexts(proofTexts);
  return (
    <Table
      caption={page.inventory}
      rows={inventory}
      keyOf={({ number }) => number}
      columns={[
        { title: t.name, isHeading: true, cell: ({ name }) => name },
        { title: t.number, cell: ({ number }) => number },
        { title: t.acquiredOn, cell: ({ acquiredOn }) => <Day value={acquiredOn} /> },
        { title: t.receiptNumber, cell: ({ receiptNumber }) => receiptNumber },
        { title: t.location, cell: ({ location }) => location },
        { title: t.value, isNumeric: true, cell: ({ value }) => <Money value={value} /> },
      ]}
    />
  );
}
