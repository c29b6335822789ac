import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type BankEntryDetail, getPayout } from '#contracts/finance';
import { read } from '../api/query';
import { ibanText } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { Facts } from '../ui/facts';
import { Section } from '../ui/page';
import { Table } from '../ui/table';
import { Day, Instant, Money } from '../ui/values';
import { usePayoutNames } from './payout-names';
import { bankTexts } from './texts';

interface Props {
  readonly entry: BankEntryDetail;
}

export function EntryFacts({ entry }: Props) {
  const { entry: t, obstacles } = useTexts(bankTexts);
  const { bankMessageId, explanation, obstacle, valueOn, bankReference } = entry;
  return (
    <Section title={t.facts}>
      <Facts
        facts={[
          { label: t.amount, value: <Money value={entry.amount} /> },
          { label: t.matched, value: <Money value={entry.matched} /> },
          { label: t.booked, value: <Day value={entry.bookedOn} /> },
          ...(valueOn === null ? [] : [{ label: t.value, value: <Day value={valueOn} /> }]),
          { label: t.account, value: <span className="written">{ibanText(entry.accountIban)}</span> },
          { label: t.statement, value: entry.statementId },
          ...(bankReference === null ? [] : [{ label: t.reference, value: bankReference }]),
          {
            label: t.message,
            value: (
              <Link className="kern-link" to={`/bank/messages/${bankMessageId}`}>
                {t.toMessage}
              </Link>
            ),
          },
          ...(obstacle === null ? [] : [{ label: t.obstacle, value: obstacles[obstacle] }]),
          ...(explanation === null || obstacle !== null ? [] : [{ label: t.why, value: explanation }]),
        ]}
      />
    </Section>
  );
}

export function Transactions({ entry: { transactions } }: Props) {
  const { entry: t } = useTexts(bankTexts);
  if (transactions.length === 0) return null;
  return (
    <Section title={t.transactions}>
      <Table
        caption={t.transactions}
        rows={transactions}
        keyOf={({ number }) => String(number)}
        columns={[
          { title: t.number, isHeading: true, cell: ({ number }) => number },
          { title: t.counterparty, cell: ({ counterpartyName }) => counterpartyName ?? '–' },
          { title: t.iban, cell: ({ counterpartyIban }) => <span className="written">{counterpartyIban ?? '–'}</span> },
          { title: t.remittance, cell: ({ remittance }) => <span className="written">{remittance ?? '–'}</span> },
          { title: t.endToEnd, cell: ({ endToEndId }) => <span className="written">{endToEndId ?? '–'}</span> },
          { title: t.returned, cell: ({ returnReason }) => returnReason ?? '–' },
          { title: t.amount, isNumeric: true, cell: ({ amount }) => (amount ? <Money value={amount} /> : '–') },
        ]}
      />
    </Section>
  );
}

export function Matches({ entry: { matches } }: Props) {
  const { entry: t, matchKinds, rules } = useTexts(bankTexts);
  if (matches.length === 0) return null;
  return (
    <Section title={t.matches}>
      <Table
        caption={t.matches}
        rows={matches}
        keyOf={({ payoutId, kind, at }) => `${payoutId} ${kind} ${at}`}
        columns={[
          { title: t.match.payout, isHeading: true, cell: ({ payoutId }) => <PayoutLink payoutId={payoutId} /> },
          { title: t.match.kind, cell: ({ kind }) => matchKinds[kind] },
          { title: t.match.rule, cell: ({ rule }) => rules[rule] },
          {
            title: t.match.takenBack,
            cell: ({ takenBackAt }) => (takenBackAt === null ? '–' : <Instant value={takenBackAt} />),
          },
          { title: t.match.by, cell: ({ by }) => by },
          { title: t.match.at, cell: ({ at }) => <Instant value={at} /> },
          { title: t.match.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
    </Section>
  );
}

function PayoutLink({ payoutId }: { readonly payoutId: string }) {
  const { data: payout } = useQuery(read(getPayout, { payoutId }));
  const nameOf = usePayoutNames(payout ? [payout] : []);
  return (
    <Link className="kern-link" to={`/money/payouts/${payoutId}`}>
      {payout ? nameOf(payout) : '…'}
    </Link>
  );
}
