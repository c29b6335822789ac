import {
  acceptProofOfUse,
  answerProofQuery,
  listProofOfUseActions,
  type ProofOfUseView,
  queryProofOfUse,
  rejectProofOfUse,
  startProofCheck,
  submitProofOfUse,
} from '#contracts/finance';
import { useTexts } from '../../i18n/texts';
import { act } from '../../ui/act';
import { Acts } from '../../ui/acts';
import { ClaimFields, claimSent } from './claim-fields';
import { proofTexts } from './texts';

/** Writing, checking, asking and deciding; who does what, the declarations say. */
export function ProofActs({ proof, title }: { readonly proof: ProofOfUseView; readonly title: string }) {
  const { acts: t, list, statuses } = useTexts(proofTexts);
  const { id, version, status, currency } = proof;
  const fixed = { proofOfUseId: id };
  const reason = { label: t.reason, rows: 3 };
  const isNext = true;
  return (
    <Acts
      of={listProofOfUseActions}
      id={fixed}
      version={version}
      seen={{ [list.columns.what]: title, [list.columns.status]: statuses[status] }}
      acts={[
        { operation: submitProofOfUse, isNext, label: t.submit, to: `/funds/proofs/${id}/form` },
        act({ operation: startProofCheck, isNext, ...t.start, fixed, fields: {} }),
        act({
          operation: answerProofQuery,
          isNext,
          ...t.answer,
          fixed,
          fields: { text: { label: t.answerText, rows: 6 } },
        }),
        act({
          operation: acceptProofOfUse,
          isNext,
          ...t.accept,
          fixed,
          fields: {
            reason: { ...reason, hint: t.acceptReasonHint },
            claim: {
              label: t.claim,
              initial: { isWanted: false, amount: { amount: '', currency } },
              sent: claimSent,
              render: () => <ClaimFields key="claim" currency={currency} />,
            },
          },
        }),
        act({ operation: queryProofOfUse, ...t.query, fixed, fields: { text: { label: t.question, rows: 6 } } }),
        act({ operation: rejectProofOfUse, ...t.reject, fixed, fields: { reason } }),
      ]}
    />
  );
}
