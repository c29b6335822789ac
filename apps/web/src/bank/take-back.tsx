import { type BankEntryDetail, listBankEntryActions, takeBackBankMatch } from '#contracts/finance';
import { common } from '../i18n/common';
import { moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { useSeen } from './seen';
import { bankTexts } from './texts';

/** Takes back what an entry was matched to by mistake; what that comes to is said before. */
export function TakeBack({ entry }: { readonly entry: BankEntryDetail }) {
  const { takeBack: t } = useTexts(bankTexts);
  const { words } = useTexts(common);
  const sum = moneyText(entry.matched, useLanguage());
  const standing = entry.matches.filter(({ takenBackAt }) => takenBackAt === null);
  const seen = useSeen(entry);
  const isReceived = entry.receipts.some(({ takenBackAt }) => takenBackAt === null);
  if (standing.length === 0 && !isReceived) return null;
  const byStatus = Map.groupBy(standing, ({ statusBefore }) => statusBefore);
  const effects = [...byStatus].map(([status, some]) => t.effect(some.length, words.payoutStatus[status]));
  const fixed = { bankEntryId: entry.id };
  return (
    <Acts
      of={listBankEntryActions}
      id={fixed}
      version={entry.version}
      seen={seen}
      acts={[
        act({
          operation: takeBackBankMatch,
          label: t.label,
          done: t.done,
          ask: [t.open(sum), ...effects, ...(isReceived ? [t.received] : []), t.journal].join(' '),
          fixed,
          fields: { reason: { label: t.reason, rows: 3 } },
        }),
      ]}
    />
  );
}
