import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { type BankAccountChangeView, listAllBankAccountChanges } from '#contracts/finance';
import { usePayeeNames } from '../api/names';
import { read } from '../api/query';
import { accountText } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { RowKeys } from '../ui/keys';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { Instant } from '../ui/values';
import { BankTabs } from './tabs';
import { checkTexts } from './texts';
import { CHANGE_TONES } from './tones';

const FILTERS = listAllBankAccountChanges.request.pick({ status: true, cursor: true });
const NONE: readonly BankAccountChangeView[] = [];

/** New accounts of all payees: the second person finds here what waits for a call back. */
export function AccountChangesPage() {
  const { changes: t } = useTexts(checkTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listAllBankAccountChanges, parametersOf(FILTERS, parameters)));
  const nameOf = usePayeeNames((query.data?.items ?? NONE).map(({ payeeId }) => payeeId));
  const { columns } = t;
  return (
    <Page title={t.title}>
      <BankTabs />
      <p className="kern-body">
        {t.hint}{' '}
        <Link className="kern-link" to="/payees">
          {t.toPayees}
        </Link>
      </p>
      <Filters>
        <ChoiceFilter name="status" label={t.status} choices={choicesOf(t.statuses)} />
      </Filters>
      <RowKeys />
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.payee,
            isHeading: true,
            cell: ({ id, payeeId }) => (
              <Link className="kern-link" to={`/bank/account-changes/${payeeId}/${id}`}>
                {nameOf(payeeId)}
              </Link>
            ),
          },
          {
            title: columns.status,
            cell: ({ status }) => <StatusTag tone={CHANGE_TONES[status]}>{t.statuses[status]}</StatusTag>,
          },
          { title: columns.account, cell: ({ bankAccount }) => accountText(bankAccount) },
          { title: columns.proposed, cell: ({ proposedAt }) => <Instant value={proposedAt} /> },
          { title: columns.by, cell: ({ proposedBy }) => proposedBy },
        ]}
      />
    </Page>
  );
}
