import type { UseQueryResult } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { Page } from '#contracts';
import type { BankEntryView } from '#contracts/finance';
import { dayText, ibanText, moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { StatusTag } from '../ui/status-tag';
import { Day, Money } from '../ui/values';
import { openAmount } from './open-amount';
import { bankTexts } from './texts';
import { ENTRY_TONES } from './tones';

interface EntryTableProps {
  readonly query: UseQueryResult<Page<BankEntryView>>;
  readonly empty: string;
}

/** Entries of the bank; each opens in the work list that it stands in. */
export function EntryTable({ query, empty }: EntryTableProps) {
  const { entries: t, entry, direction: directions, entryStatus } = useTexts(bankTexts);
  const language = useLanguage();
  const [parameters] = useSearchParams();
  const filters = parameters.toString();
  const { columns } = t;
  return (
    <List
      query={query}
      caption={t.title}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        {
          title: columns.entry,
          isHeading: true,
          cell: ({ id, direction, amount, bookedOn }) => (
            <Link className="kern-link" to={`/bank/entries/${id}${filters === '' ? '' : `?${filters}`}`}>
              {entry.title(directions[direction], moneyText(amount, language), dayText(bookedOn, language))}
            </Link>
          ),
        },
        {
          title: columns.status,
          cell: ({ status }) => <StatusTag tone={ENTRY_TONES[status]}>{entryStatus[status]}</StatusTag>,
        },
        { title: columns.booked, cell: ({ bookedOn }) => <Day value={bookedOn} /> },
        { title: columns.account, cell: ({ accountIban }) => <span className="written">{ibanText(accountIban)}</span> },
        { title: columns.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        { title: columns.open, isNumeric: true, cell: (each) => <Money value={openAmount(each)} /> },
      ]}
    />
  );
}
