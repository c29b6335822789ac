import { Injectable } from '@nestjs/common';
import {
  type acceptProofOfUse,
  AppError,
  type createProofOfUse,
  type ProofOfUseView,
  type RequestOf,
  type submitProofOfUse,
} from '#contracts';
import type { Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { ClaimService } from '../claims/claim.service';
import { findFund } from '../funds/find-fund';
import { PayoutPlanService } from '../payouts/payout-plan.service';
import { proofDeadline } from '../public-money-rules/public-money-rule';
import { ProofOfUse, type Remark } from './proof-of-use.entity';
import { proofOfUseView, type ReceiptRow } from './proof-of-use.messages';
import { SubmissionService } from './submission.service';

/** Proofs of use, from the request to the decision. */
@Injectable()
export class ProofOfUseService {
  constructor(
    private readonly commands: Commands,
    private readonly submissions: SubmissionService,
    private readonly claims: ClaimService,
    private readonly payouts: PayoutPlanService,
    private readonly clock: Clock,
  ) {}

  create(request: RequestOf<typeof createProofOfUse>, call: Call): Promise<ProofOfUseView> {
    const { period, ruleSet, kind, plan } = request;
    if (new Set(plan.map(({ category }) => category)).size < plan.length) {
      throw new AppError('FINANCE_PROOF_PLAN_REPEATED');
    }
    const due = proofDeadline(ruleSet, kind, period);
    return this.commands.run(call, async (tx) => {
      const fund = await findFund(tx, request.fundId);
      for (const { planned } of plan) fund.minorOf(planned);
      const municipalityId = await employerOf(tx, fund.id, request.commitmentId);
      const proof = Object.assign(new ProofOfUse(), {
        id: request.id ?? newId(),
        fundId: fund.id,
        commitmentId: request.commitmentId ?? null,
        municipalityId,
        kind,
        ruleSet,
        periodFrom: period.from,
        periodTo: period.to,
        dueOn: due.on,
        dueRuleId: due.ruleId,
        status: 'OPEN' as const,
        currency: fund.currency,
        lines: plan.map(({ category, planned }) => ({ category, planned, actual: null, explanation: null })),
        ownSharePlannedMinor: request.ownSharePlanned ? fund.minorOf(request.ownSharePlanned) : 0n,
        ownShareActualMinor: null,
        narrative: null,
        inventory: [],
        checks: [],
        dialogue: [],
        submittedBy: null,
        submittedAt: null,
        checkedBy: null,
        claimId: null,
        createdAt: this.clock.now(),
      });
      await tx.insert(proof);
      return proofOfUseView(proof, []);
    });
  }

  submit(request: RequestOf<typeof submitProofOfUse>, call: Call): Promise<ProofOfUseView> {
    return this.commands.run(call, async (tx) => {
      const proof = await lockVisible(tx, request.proofOfUseId, call);
      proof.assertCanMoveTo('SUBMITTED');
      const { submission, receipts } = await this.submissions.take(tx, proof, {
        request,
        by: call.caller.subject,
        at: this.clock.now(),
        today: this.clock.today(),
      });
      proof.submit(submission);
      await tx.update(proof);
      return proofOfUseView(proof, receipts);
    });
  }

  startCheck(proofOfUseId: string, call: Call): Promise<ProofOfUseView> {
    return this.change(proofOfUseId, call, (proof) => proof.startCheck(call.caller.subject));
  }

  query(proofOfUseId: string, text: string, call: Call): Promise<ProofOfUseView> {
    return this.change(proofOfUseId, call, (proof) => proof.query(this.remark(text, call)));
  }

  answer(proofOfUseId: string, text: string, call: Call): Promise<ProofOfUseView> {
    return this.change(proofOfUseId, call, (proof) => proof.answer(this.remark(text, call)));
  }

  /** With a claim, its draft is written in the same transaction. Instalments that waited for the proof become due. */
  accept({ proofOfUseId, reason, claim }: RequestOf<typeof acceptProofOfUse>, call: Call): Promise<ProofOfUseView> {
    const remark = this.remark(reason ?? claim?.reason ?? 'accepted', call);
    const decide = async (proof: ProofOfUse, tx: Tx): Promise<void> => {
      proof.assertCanMoveTo('ACCEPTED');
      const { fundId, ruleSet } = proof;
      const drafted =
        claim && (await this.claims.draft(tx, { ...claim, fundId, ruleSet, proofOfUseId }, call.caller.subject));
      proof.accept(remark, { hasReason: reason !== undefined, claimId: drafted?.id ?? null });
    };
    return this.change(proofOfUseId, call, decide, async ({ commitmentId }, tx) => {
      if (commitmentId !== null) await this.payouts.reviewCommitment(tx, commitmentId);
    });
  }

  reject(proofOfUseId: string, reason: string, call: Call): Promise<ProofOfUseView> {
    return this.change(proofOfUseId, call, (proof) => proof.reject(this.remark(reason, call)));
  }

  private change(
    proofOfUseId: string,
    call: Call,
    work: (proof: ProofOfUse, tx: Tx) => Promise<void> | void,
    /** What follows from the proof as it is written now. */
    follow?: (proof: ProofOfUse, tx: Tx) => Promise<void>,
  ): Promise<ProofOfUseView> {
    return this.commands.run(call, async (tx) => {
      const proof = await lockVisible(tx, proofOfUseId, call);
      await work(proof, tx);
      await tx.update(proof);
      await follow?.(proof, tx);
      return proofOfUseView(proof, await tx.query<ReceiptRow>(PROOF_RECEIPTS, [proofOfUseId]));
    });
  }

  private remark(text: string, call: Call): Remark {
    return { by: call.caller.subject, at: this.clock.now(), text };
  }
}

export const PROOF_RECEIPTS = `SELECT number, sha256, payee, category, paid_on AS "paidOn", amount_minor AS "amountMinor", currency,
  exchange_rate_id AS "exchangeRateId", amount_eur_minor AS "amountEurMinor"
FROM proof_receipt WHERE proof_of_use_id = $1 ORDER BY position`;

/** Own: the proofs of the caller's municipality. Any other does not exist for it, whatever version it names. */
async function lockVisible(tx: Tx, proofOfUseId: string, call: Call): Promise<ProofOfUse> {
  if (call.scope === 'own') {
    const { municipalityId } = await tx.findOrFail(ProofOfUse, proofOfUseId);
    if (municipalityId === null || municipalityId !== call.caller.municipalityId) {
      throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    }
  }
  return tx.lockOrFail(ProofOfUse, proofOfUseId, call.expectedVersion);
}

async function employerOf(tx: Tx, fundId: string, commitmentId: string | undefined): Promise<string | null> {
  if (commitmentId === undefined) return null;
  const [row] = await tx.query<{ municipalityId: string }>(
    'SELECT employer_municipality_id AS "municipalityId" FROM commitment WHERE id = $1 AND fund_id = $2',
    [commitmentId, fundId],
  );
  if (!row) throw new AppError('FINANCE_PROOF_COMMITMENT_MISMATCH', { commitmentId });
  return row.municipalityId;
}
