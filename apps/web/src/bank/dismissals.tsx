import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listBankEntryDismissals } from '#contracts/finance';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { RowKeys } from '../ui/keys';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { Instant, Money } from '../ui/values';
import { BankTabs } from './tabs';
import { bankTexts } from './texts';
import { DISMISSAL_TONES } from './tones';

const FILTERS = listBankEntryDismissals.request.pick({ status: true, fundId: true, cursor: true });

/** What one person proposed to take off the work list, and what another one decided. */
export function DismissalsPage() {
  const { entries, dismissal: t } = useTexts(bankTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listBankEntryDismissals, parametersOf(FILTERS, parameters)));
  return (
    <Page title={entries.dismissals}>
      <BankTabs />
      <Filters>
        <ChoiceFilter name="status" label={t.status} choices={choicesOf(t.statuses)} />
      </Filters>
      <RowKeys />
      <List
        query={query}
        caption={entries.dismissals}
        keyOf={({ id }) => id}
        empty={entries.noDismissals}
        columns={[
          {
            title: t.category,
            isHeading: true,
            cell: ({ bankEntryId, category }) => (
              <Link className="kern-link" to={`/bank/entries/${bankEntryId}`}>
                {t.categories[category]}
              </Link>
            ),
          },
          {
            title: t.status,
            cell: ({ status }) => <StatusTag tone={DISMISSAL_TONES[status]}>{t.statuses[status]}</StatusTag>,
          },
          { title: t.reason, cell: ({ proposal }) => <span className="written">{proposal.reason}</span> },
          { title: t.proposed, cell: ({ proposal }) => <Instant value={proposal.at} /> },
          { title: t.by, cell: ({ proposal }) => proposal.by },
          { title: t.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
    </Page>
  );
}
