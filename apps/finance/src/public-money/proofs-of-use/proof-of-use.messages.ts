import { toMoney } from '#contracts';
import { type ProofOfUseSummary, type ProofOfUseView, REMARKS_SHOWN } from '#contracts/finance';
import type { Columns } from '#database';
import type { ProofOfUse } from './proof-of-use.entity';
import type { ReceiptRow } from './proof-of-use.rows';

export function proofOfUseView(proof: Columns<ProofOfUse>, receipts: readonly ReceiptRow[]): ProofOfUseView {
  const { currency, ownShareActualMinor } = proof;
  return {
    ...proofOfUseSummary(proof),
    dueRuleId: proof.dueRuleId,
    currency,
    lines: proof.lines,
    ownShare: {
      planned: toMoney(proof.ownSharePlannedMinor, currency),
      actual: ownShareActualMinor === null ? null : toMoney(ownShareActualMinor, currency),
    },
    narrative: proof.narrative,
    receipts: receipts.map(receiptView),
    inventory: proof.inventory,
    checks: proof.checks,
    dialogue: proof.dialogue.slice(-REMARKS_SHOWN),
    submittedBy: proof.submittedBy,
    submittedAt: proof.submittedAt?.toISOString() ?? null,
    checkedBy: proof.checkedBy,
  };
}

export function proofOfUseSummary(proof: Columns<ProofOfUse>): ProofOfUseSummary {
  return {
    id: proof.id,
    version: proof.version,
    fundId: proof.fundId,
    commitmentId: proof.commitmentId,
    municipalityId: proof.municipalityId,
    kind: proof.kind,
    ruleSet: proof.ruleSet,
    period: { from: proof.periodFrom, to: proof.periodTo },
    dueOn: proof.dueOn,
    status: proof.status,
    claimId: proof.claimId,
    createdAt: proof.createdAt.toISOString(),
  };
}

function receiptView(row: ReceiptRow): ProofOfUseView['receipts'][number] {
  return {
    number: row.number,
    sha256: row.sha256,
    payee: row.payee,
    category: row.category,
    paidOn: row.paidOn,
    amount: toMoney(row.amountMinor, row.currency),
    exchangeRateId: row.exchangeRateId,
    documentId: row.documentId,
    amountEur: toMoney(row.amountEurMinor, 'EUR'),
  };
}
