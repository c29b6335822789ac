import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { listBankEntries } from '#contracts/finance';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { ChoiceFilter, DayFilter, Filters, SearchFilter } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { RowKeys } from '../ui/keys';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { EntryTable } from './entry-table';
import { ENTRY_FILTERS } from './queue';
import { BankTabs } from './tabs';
import { bankTexts } from './texts';
import { OPEN_ENTRIES } from './work-list';

/** The work list of the bank: what no rule could match. */
export function EntriesPage() {
  const { entries: t, direction, entryStatus } = useTexts(bankTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listBankEntries, parametersOf(ENTRY_FILTERS, parameters)));
  return (
    <Page title={t.title}>
      <BankTabs />
      <Filters>
        <ChoiceFilter
          name="status"
          label={t.status}
          choices={[{ value: OPEN_ENTRIES.join(','), label: t.open }, ...choicesOf(entryStatus)]}
        />
        <ChoiceFilter name="direction" label={t.direction} choices={choicesOf(direction)} />
        <DayFilter name="bookedOnFrom" label={t.from} />
        <DayFilter name="bookedOnTo" label={t.to} />
        <SearchFilter name="accountIban" label={t.account} />
      </Filters>
      <RowKeys />
      <EntryTable query={query} empty={t.empty} />
    </Page>
  );
}
