import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { listSupplierInvoices, recordSupplierInvoice } from '#contracts/finance';
import { mayCall } from '../api/may';
import { usePayeeNames } from '../api/names';
import { readAll } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { sumOf } from '../ui/sum-of';
import { Table } from '../ui/table';
import { Money } from '../ui/values';
import { deskTexts } from './texts';

/** What an event costs, for whoever sees the money of the fund: its invoices stand in finance. What was cancelled costs nothing. */
export function Costs({ eventId }: { readonly eventId: string }) {
  const { roles } = useSession();
  return mayCall(listSupplierInvoices, roles) ? <OwnCosts eventId={eventId} /> : null;
}

function OwnCosts({ eventId }: { readonly eventId: string }) {
  const { costs: t } = useTexts(deskTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  const query = useQuery(readAll(listSupplierInvoices, { eventId }));
  const supplier = usePayeeNames(query.data?.map(({ payeeId }) => payeeId) ?? []);
  return (
    <Section title={t.title}>
      <Loaded query={query}>
        {(invoices) => {
          const standing = invoices.filter(({ payouts }) => payouts.some(({ status }) => status !== 'CANCELLED'));
          const [total] = sumOf(standing.map((invoice) => invoice.total));
          if (!total) return <p className="kern-body">{t.none}</p>;
          return (
            <>
              <p className="kern-body">
                {t.total} <Money value={total} />
              </p>
              <Table
                caption={t.title}
                rows={invoices}
                keyOf={({ id }) => id}
                columns={[
                  {
                    title: t.subject,
                    isHeading: true,
                    cell: ({ id, subject }) => (
                      <Link className="kern-link" to={`/money/invoices/${id}`}>
                        {subject}
                      </Link>
                    ),
                  },
                  { title: t.supplier, cell: ({ payeeId }) => supplier(payeeId) },
                  { title: t.amount, isNumeric: true, cell: (invoice) => <Money value={invoice.total} /> },
                  {
                    title: t.payment,
                    cell: ({ payouts }) => {
                      const status = payouts.at(-1)?.status;
                      return status && words.payoutStatus[status];
                    },
                  },
                ]}
              />
            </>
          );
        }}
      </Loaded>
      {mayCall(recordSupplierInvoice, roles) && (
        <div className="buttons">
          <LinkButton to={`/money/invoices/new?event=${eventId}`}>{t.record}</LinkButton>
        </div>
      )}
    </Section>
  );
}
