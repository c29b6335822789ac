import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { getPayee, getSupplierInvoice, type SupplierInvoiceView } from '#contracts/finance';
import { mayCall } from '../../api/may';
import { usePayeeNames } from '../../api/names';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { useTexts } from '../../i18n/texts';
import { DocumentLink } from '../../ui/document-link';
import { Facts } from '../../ui/facts';
import { Page, Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { Day, Instant, Money } from '../../ui/values';
import { ExpensePayments } from '../expense-payments';
import { moneyTexts } from '../texts';
import { invoiceTexts } from './texts';

/** An invoice as it was confirmed, its document, and its payment. */
export function InvoicePage() {
  const { supplierInvoiceId = '' } = useParams();
  const query = useQuery(read(getSupplierInvoice, { supplierInvoiceId }));
  return <Loaded query={query}>{(invoice) => <Detail invoice={invoice} />}</Loaded>;
}

function Detail({ invoice }: { readonly invoice: SupplierInvoiceView }) {
  const t = useTexts(invoiceTexts);
  return (
    <Page
      title={t.name(invoice.number)}
      crumbs={[{ label: t.title, to: '/money/invoices' }]}
      trailOf={invoice.id}
      lead={invoice.subject}
    >
      <div className="three">
        <Invoice invoice={invoice} />
        <Amounts invoice={invoice} />
      </div>
      <ExpensePayments
        payouts={invoice.payouts}
        title={t.page.payments}
        columns={{ payout: t.page.payout, status: t.page.status, amount: t.columns.total }}
      />
    </Page>
  );
}

function Invoice({ invoice }: { readonly invoice: SupplierInvoiceView }) {
  const { page: t, form, formats, fields } = useTexts(invoiceTexts);
  const { categories } = useTexts(moneyTexts);
  const { roles } = useSession();
  const supplier = usePayeeNames([invoice.payeeId]);
  const { document, assignmentId, creditorReference, typedOver } = invoice;
  return (
    <Section title={t.facts}>
      <Facts
        facts={[
          ...(mayCall(getPayee, roles)
            ? [
                {
                  label: t.supplier,
                  value: (
                    <Link className="kern-link" to={`/payees/${invoice.payeeId}`}>
                      {supplier(invoice.payeeId)}
                    </Link>
                  ),
                },
              ]
            : []),
          { label: form.issuedOn, value: <Day value={invoice.issuedOn} /> },
          { label: form.dueOn, value: <Day value={invoice.dueOn} /> },
          { label: form.category, value: categories[invoice.category] },
          { label: t.year, value: invoice.budgetYear },
          { label: form.buyerReference, value: invoice.buyerReference ?? '–' },
          creditorReference === null
            ? { label: form.paymentReference, value: invoice.paymentReference ?? '–' }
            : { label: t.creditorReference, value: <span className="written">{creditorReference}</span> },
          { label: t.format, value: formats[invoice.format] },
          ...(typedOver.length > 0
            ? [{ label: t.typedOver, value: typedOver.map((field) => fields[field] ?? field).join(', ') }]
            : []),
          { label: t.recorded, value: invoice.recordedBy },
          { label: t.at, value: <Instant value={invoice.recordedAt} /> },
        ]}
      />
      <p>
        <DocumentLink documentId={document.id}>{t.open(document.fileName)}</DocumentLink>
      </p>
      {invoice.eventId !== null && (
        <Link className="kern-link" to={`/events/${invoice.eventId}`}>
          {t.toEvent}
        </Link>
      )}
      {assignmentId !== null && (
        <Link className="kern-link" to={`/assignments/${assignmentId}`}>
          {t.toAssignment}
        </Link>
      )}
    </Section>
  );
}

function Amounts({ invoice: { net, vat, prepaid, total } }: { readonly invoice: SupplierInvoiceView }) {
  const { form: t, page } = useTexts(invoiceTexts);
  return (
    <Section title={page.amounts}>
      <Facts
        facts={[
          { label: t.net, value: <Money value={net} /> },
          { label: t.vat, value: <Money value={vat} /> },
          { label: t.prepaid, value: <Money value={prepaid} /> },
          { label: t.total, value: <Money value={total} /> },
        ]}
      />
    </Section>
  );
}
