import { useQuery } from '@tanstack/react-query';
import { getPaymentRun, getPayout, type MatchProposal, type PaymentRunView, type PayoutView } from '#contracts/finance';
import { useAssignmentNames } from '../api/names';
import { read } from '../api/query';
import { dayText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { bankTexts } from './texts';

type Named = Pick<PayoutView, 'instalment' | 'assignmentId' | 'purpose'>;

/** What payouts are called: the instalment, the person as far as the reader may know it, and the town. */
export function usePayoutNames(payouts: readonly Named[]): (payout: Named) => string {
  const { payoutName, nameOf, expert } = useTexts(bankTexts);
  const name = useAssignmentNames(
    payouts.map(({ assignmentId }) => assignmentId),
    nameOf,
    expert,
  );
  return ({ purpose, instalment, assignmentId }) => purpose ?? payoutName(instalment, name(assignmentId));
}

export function useRunName(): (run: Pick<PaymentRunView, 'executionOn' | 'paymentType'>) => string {
  const { runName, runTypes } = useTexts(bankTexts);
  const language = useLanguage();
  return ({ executionOn, paymentType }) => runName(dayText(executionOn, language), runTypes[paymentType]);
}

/** What a proposal is called; both reads are there already where it is on screen. */
export function useProposalName({ paymentRunId, allocations: [allocation, ...more] }: MatchProposal): string {
  const { entry: t } = useTexts(bankTexts);
  const run = useQuery({
    ...read(getPaymentRun, { paymentRunId: paymentRunId ?? '' }),
    enabled: paymentRunId !== null,
  }).data;
  const payout = useQuery({
    ...read(getPayout, { payoutId: allocation?.payoutId ?? '' }),
    enabled: allocation !== undefined,
  }).data;
  const runName = useRunName();
  const payoutName = usePayoutNames(payout ? [payout] : []);
  if (run) return runName(run);
  if (!payout) return '…';
  return more.length === 0 ? payoutName(payout) : t.withMore(payoutName(payout), more.length);
}
