import { type BankEntryDetail, matchBankEntry, type MatchProposal } from '#contracts/finance';
import { moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { ActDialog } from '../ui/act-dialog';
import { sumOf } from '../ui/sum-of';
import { useProposalName } from './payout-names';
import { useSeen } from './seen';
import { bankTexts } from './texts';

interface MatchDialogProps {
  readonly entry: BankEntryDetail;
  readonly proposal: MatchProposal;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks once whether an entry belongs to what was proposed, and matches it. */
export function MatchDialog({ entry, proposal, onClose, onDone }: MatchDialogProps) {
  const { entry: t } = useTexts(bankTexts);
  const language = useLanguage();
  const { paymentRunId, allocations } = proposal;
  const what = useProposalName(proposal);
  const amount = sumOf(allocations.map((part) => part.amount))[0] ?? entry.amount;
  const match = act({
    operation: matchBankEntry,
    label: t.confirm,
    ask: t.ask(moneyText(amount, language), what),
    done: t.done,
    fixed: {
      bankEntryId: entry.id,
      paymentRunId: paymentRunId ?? undefined,
      allocations: paymentRunId === null ? allocations : undefined,
    },
    fields: { reason: { label: t.reason } },
    onReply: onDone,
  });
  return <ActDialog act={match} version={entry.version} seen={useSeen(entry)} onClose={onClose} />;
}
