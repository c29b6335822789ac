import { useQuery } from '@tanstack/react-query';
import { type BankEntryView, getFund, listBankEntries } from '#contracts/finance';
import { read } from '../api/query';
import { dayText, moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import type { Choices } from './inputs';

/** The newest of them are offered; an older one is found in the work list of the bank. */
const CREDITS_OFFERED = 100;

/** Credits on the account of a fund that nothing explains yet. */
export function useOpenCredits(fundId: string): Choices {
  const language = useLanguage();
  const { data: fund } = useQuery(read(getFund, { fundId }));
  const accountIban = fund?.debtorAccount.iban ?? '';
  const open = {
    accountIban,
    direction: 'CREDIT' as const,
    status: ['UNMATCHED' as const, 'PARTLY_MATCHED' as const],
    limit: CREDITS_OFFERED,
  };
  const { data } = useQuery({ ...read(listBankEntries, open), enabled: accountIban !== '' });
  const label = ({ amount, bookedOn, statementId }: BankEntryView) =>
    `${moneyText(amount, language)}, ${dayText(bookedOn, language)}, ${statementId}`;
  return (data?.items ?? []).map((entry) => ({ value: entry.id, label: label(entry) }));
}
