import { useQuery } from '@tanstack/react-query';
import { type BankEntryDetail, listFunds, proposeBankEntryDismissal } from '#contracts/finance';
import { readAll } from '../api/query';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { ActDialog } from '../ui/act-dialog';
import { choicesOf } from '../ui/inputs';
import { useSeen } from './seen';
import { bankTexts } from './texts';

interface ProposeDismissalProps {
  readonly entry: BankEntryDetail;
  readonly onClose: () => void;
}

/** The first of two persons says that an entry belongs to no payout. */
export function ProposeDismissal({ entry, onClose }: ProposeDismissalProps) {
  const t = useTexts(bankTexts);
  const { data: funds = [] } = useQuery(readAll(listFunds, {}));
  const { propose, category, categories, reason, fund, fundHint, year, yearHint } = t.dismissal;
  const ofAccount = funds.filter(({ debtorAccount }) => debtorAccount.iban === entry.accountIban);
  const dismiss = act({
    operation: proposeBankEntryDismissal,
    ...propose,
    fixed: { bankEntryId: entry.id },
    fields: {
      category: { label: category, choices: choicesOf(categories) },
      reason: { label: reason, rows: 3 },
      fundId: { label: fund, hint: fundHint, choices: ofAccount.map(({ id, name }) => ({ value: id, label: name })) },
      budgetYear: { label: year, hint: yearHint },
    },
  });
  return <ActDialog act={dismiss} version={entry.version} seen={useSeen(entry)} onClose={onClose} />;
}
