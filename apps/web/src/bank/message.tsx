import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { type BankMessageView, getBankMessage, getBankMessageFile, listBankEntries } from '#contracts/finance';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { ibanText } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { Facts } from '../ui/facts';
import { Icon } from '../ui/icon';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { Day, Instant, Money } from '../ui/values';
import { EntryTable } from './entry-table';
import { MessageState } from './messages';
import { bankTexts } from './texts';

/** One file of the bank: what was in it and what it did. */
export function MessagePage() {
  const { bankMessageId = '' } = useParams();
  const query = useQuery(read(getBankMessage, { bankMessageId }));
  return <Loaded query={query}>{(message) => <Detail message={message} />}</Loaded>;
}

function Detail({ message }: { readonly message: BankMessageView }) {
  const { message: t, messages, kinds } = useTexts(bankTexts);
  const { roles } = useSession();
  const { columns } = messages;
  const { bookedPayouts, returnedPayouts, rejectedPayouts } = message;
  return (
    <Page
      title={message.fileName}
      crumbs={[{ label: messages.title, to: '/bank/messages' }]}
      tag={<MessageState message={message} />}
    >
      <Section title={t.facts}>
        <Facts
          facts={[
            { label: columns.kind, value: kinds[message.kind] },
            { label: t.id, value: message.messageId },
            { label: columns.at, value: <Instant value={message.importedAt} /> },
            { label: t.by, value: message.importedBy },
            { label: columns.entries, value: message.entries },
            { label: columns.matched, value: message.matchedEntries },
            { label: columns.open, value: message.unmatchedEntries },
            { label: t.pending, value: message.pendingEntries },
            { label: columns.payouts, value: messages.payouts(bookedPayouts, returnedPayouts, rejectedPayouts) },
            { label: t.hash, value: <span className="written">{message.sha256}</span> },
          ]}
        />
        {mayCall(getBankMessageFile, roles) && (
          <div className="buttons">
            <a
              className="kern-btn kern-btn--secondary"
              href={`/v1/bank-messages/${message.id}/file`}
              download={message.fileName}
            >
              <Icon name="download" />
              <span className="kern-label">{t.download}</span>
            </a>
          </div>
        )}
      </Section>
      {message.kind !== 'PAIN_002' && (
        <>
          <Statements statements={message.statements} />
          <Entries bankMessageId={message.id} />
        </>
      )}
    </Page>
  );
}

function Statements({ statements }: Pick<BankMessageView, 'statements'>) {
  const { message: t } = useTexts(bankTexts);
  return (
    <Section title={t.statements}>
      {statements.length === 0 ? (
        <p className="kern-body">{t.noStatements}</p>
      ) : (
        <Table
          caption={t.statements}
          rows={statements}
          keyOf={({ accountIban, statementId, pageNumber }) => `${accountIban} ${statementId} ${pageNumber}`}
          columns={[
            {
              title: t.statement,
              isHeading: true,
              cell: ({ statementId, isRepeated }) => (isRepeated ? `${statementId} (${t.was})` : statementId),
            },
            { title: t.account, cell: ({ accountIban }) => <span className="written">{ibanText(accountIban)}</span> },
            { title: t.number, isNumeric: true, cell: ({ sequenceNumber }) => sequenceNumber ?? '–' },
            { title: t.period, cell: (each) => <StatementPeriod {...each} /> },
            { title: t.opening, isNumeric: true, cell: ({ opening }) => (opening ? <Money value={opening} /> : '–') },
            { title: t.closing, isNumeric: true, cell: ({ closing }) => (closing ? <Money value={closing} /> : '–') },
          ]}
        />
      )}
    </Section>
  );
}

function StatementPeriod({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  if (from === null && to === null) return '–';
  return (
    <>
      {from !== null && <Day value={from} />} – {to !== null && <Day value={to} />}
    </>
  );
}

function Entries({ bankMessageId }: { readonly bankMessageId: string }) {
  const { message: t, entries } = useTexts(bankTexts);
  const query = useQuery(read(listBankEntries, { bankMessageId }));
  return (
    <Section title={t.entries}>
      <EntryTable query={query} empty={entries.empty} />
    </Section>
  );
}
