import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listFunds, listSupplierInvoices, recordSupplierInvoice } from '#contracts/finance';
import { usePayeeNames } from '../../api/names';
import { read, readAll } from '../../api/query';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { CreateLink } from '../../ui/create-link';
import { ChoiceFilter, Filters } from '../../ui/filters';
import { List } from '../../ui/list';
import { Page } from '../../ui/page';
import { parametersOf } from '../../ui/parameters';
import { StatusTag } from '../../ui/status-tag';
import { Day, Money } from '../../ui/values';
import { MoneyTabs } from '../tabs';
import { PAYOUT_TONES } from '../tones';
import { invoiceTexts } from './texts';

const FILTERS = listSupplierInvoices.request.pick({ fundId: true, cursor: true });

export function InvoicesPage() {
  const t = useTexts(invoiceTexts);
  const { words } = useTexts(common);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listSupplierInvoices, parametersOf(FILTERS, parameters)));
  const { data: funds = [] } = useQuery(readAll(listFunds, {}));
  const supplier = usePayeeNames(query.data?.items.map(({ payeeId }) => payeeId) ?? []);
  const { columns } = t;
  return (
    <Page
      title={t.title}
      acts={
        <CreateLink operation={recordSupplierInvoice} to="/money/invoices/new">
          {t.create}
        </CreateLink>
      }
    >
      <MoneyTabs />
      <Filters>
        <ChoiceFilter
          name="fundId"
          label={t.fund}
          choices={funds.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.number,
            isHeading: true,
            cell: ({ id, number }) => (
              <Link className="kern-link" to={`/money/invoices/${id}`}>
                {t.name(number)}
              </Link>
            ),
          },
          { title: columns.supplier, cell: ({ payeeId }) => supplier(payeeId) },
          { title: columns.subject, cell: ({ subject }) => subject },
          { title: columns.due, cell: ({ dueOn }) => <Day value={dueOn} /> },
          { title: columns.total, isNumeric: true, cell: ({ total }) => <Money value={total} /> },
          {
            title: columns.payment,
            cell: ({ payouts }) => {
              const status = payouts.at(-1)?.status;
              return status && <StatusTag tone={PAYOUT_TONES[status]}>{words.payoutStatus[status]}</StatusTag>;
            },
          },
        ]}
      />
    </Page>
  );
}
