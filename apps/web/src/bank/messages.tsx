import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { type BankMessageSummary, importBankMessage, listBankMessages } from '#contracts/finance';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
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
import { bankTexts } from './texts';
import { Upload } from './upload';

const FILTERS = listBankMessages.request.pick({ kind: true, cursor: true });

/** What the bank sent and what each file did; whoever may brings in new ones. */
export function MessagesPage() {
  const { messages: t, kinds } = useTexts(bankTexts);
  const { roles } = useSession();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listBankMessages, parametersOf(FILTERS, parameters)));
  const { columns } = t;
  return (
    <Page title={t.title}>
      <BankTabs />
      {mayCall(importBankMessage, roles) && <Upload />}
      <Filters>
        <ChoiceFilter name="kind" label={t.kind} choices={choicesOf(kinds)} />
      </Filters>
      <RowKeys />
      <List
        query={query}
        caption={t.caption}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.file,
            isHeading: true,
            cell: ({ id, fileName }) => (
              <Link className="kern-link" to={`/bank/messages/${id}`}>
                {fileName}
              </Link>
            ),
          },
          { title: columns.state, cell: (message) => <MessageState message={message} /> },
          { title: columns.kind, cell: ({ kind }) => kinds[kind] },
          { title: columns.entries, isNumeric: true, cell: ({ entries }) => entries },
          { title: columns.matched, isNumeric: true, cell: ({ matchedEntries }) => matchedEntries },
          {
            title: columns.payouts,
            cell: ({ bookedPayouts, returnedPayouts, rejectedPayouts }) =>
              t.payouts(bookedPayouts, returnedPayouts, rejectedPayouts),
          },
          { title: columns.at, cell: ({ importedAt }) => <Instant value={importedAt} /> },
        ]}
      />
    </Page>
  );
}

/** How a file stood when it was taken in; what became of its entries since, their list says. */
export function MessageState({ message: { kind, unmatchedEntries } }: { readonly message: BankMessageSummary }) {
  const { messages: t } = useTexts(bankTexts);
  if (kind === 'PAIN_002') return <StatusTag tone="info">{t.report}</StatusTag>;
  return unmatchedEntries === 0 ? (
    <StatusTag tone="success">{t.allDone}</StatusTag>
  ) : (
    <StatusTag tone="warning">{t.someOpen(unmatchedEntries)}</StatusTag>
  );
}
