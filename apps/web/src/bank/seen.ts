import type { BankEntryView } from '#contracts/finance';
import { moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { bankTexts } from './texts';

/** What of an entry somebody else could have changed while it was on screen. */
export function useSeen({ status, matched }: BankEntryView): Readonly<Record<string, string>> {
  const { entries, entry, entryStatus } = useTexts(bankTexts);
  return { [entries.status]: entryStatus[status], [entry.matched]: moneyText(matched, useLanguage()) };
}
