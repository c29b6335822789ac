import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import {
  acceptProofOfUse,
  answerProofQuery,
  createProofOfUse,
  type ProofOfUseView,
  queryProofOfUse,
  rejectProofOfUse,
  startProofCheck,
  submitProofOfUse,
} from '#contracts/finance';
import type { Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { RepaymentClaimService } from '../repayment-claims/repayment-claim.service';
import { findFund } from '../../budget/funds/fund.reader';
import { PayoutPlanService } from '../../payments/payouts/payout-plan.service';
import { proofDeadline, readPublicMoneyRules } from '../public-money-rules/public-money-rules.reader';
import { act } from './proof-of-use.act';
import { ProofOfUse, type Remark } from './proof-of-use.entity';
import { proofOfUseView } from './proof-of-use.messages';
import { readReceipts } from './proof-of-use.rows';
import { ProofContentService } from './proof-content.service';

/** Proofs of use, from the request to the decision. */
@Injectable()
export class ProofOfUseService {
  constructor(
    private readonly commands: Commands,
    private readonly contents: ProofContentService,
    private readonly claims: RepaymentClaimService,
    private readonly payouts: PayoutPlanService,
    private readonly clock: Clock,
  ) {}

  @Handle(createProofOfUse)
  create(request: RequestOf<typeof createProofOfUse>, call: Call): Promise<ProofOfUseView> {
    const { period, ruleSet, kind, plan } = request;
    if (new Set(plan.map(({ category }) => category)).size < plan.length) {
      throw new AppError('FINANCE_PROOF_PLAN_REPEATED');
    }
    return this.commands.run(call, async (tx) => {
      const due = proofDeadline(await readPublicMoneyRules(tx, ruleSet), kind, period);
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

  @act(submitProofOfUse, { possible: (proof) => proof.assertCanSubmit() })
  async submit(proof: ProofOfUse, request: RequestOf<typeof submitProofOfUse>, { tx, call }: Act): Promise<void> {
    const [at, today] = [this.clock.now(), this.clock.today()];
    proof.submit(await this.contents.take(tx, proof, { request, call, at, today }));
  }

  @act(startProofCheck, { possible: (proof, { caller }) => proof.assertCanStartCheck(caller.subject) })
  startCheck(proof: ProofOfUse, _: RequestOf<typeof startProofCheck>, { call }: Act): void {
    proof.startCheck(call.caller.subject);
  }

  @act(queryProofOfUse, { possible: (proof, { caller }) => proof.assertCanEndCheck('QUERIES', caller.subject) })
  query(proof: ProofOfUse, { text }: RequestOf<typeof queryProofOfUse>, { call }: Act): void {
    proof.query(this.remark(text, call));
  }

  @act(answerProofQuery, { possible: (proof) => proof.assertCanAnswer() })
  answer(proof: ProofOfUse, { text }: RequestOf<typeof answerProofQuery>, { call }: Act): void {
    proof.answer(this.remark(text, call));
  }

  /** With a claim, its draft is written in the same transaction. Instalments that waited for the proof become due. */
  @act(acceptProofOfUse, { possible: (proof, { caller }) => proof.assertCanEndCheck('ACCEPTED', caller.subject) })
  async accept(proof: ProofOfUse, request: RequestOf<typeof acceptProofOfUse>, { tx, call }: Act): Promise<void> {
    const { reason, claim } = request;
    const { id: proofOfUseId, fundId, ruleSet, commitmentId } = proof;
    const drafted =
      claim && (await this.claims.draft(tx, { ...claim, fundId, ruleSet, proofOfUseId }, call.caller.subject));
    const remark = this.remark(reason ?? claim?.reason ?? 'accepted', call);
    proof.accept(remark, { hasReason: reason !== undefined, claimId: drafted?.id ?? null });
    await tx.update(proof);
    if (commitmentId !== null) await this.payouts.reviewCommitment(tx, commitmentId);
  }

  @act(rejectProofOfUse, { possible: (proof, { caller }) => proof.assertCanEndCheck('REJECTED', caller.subject) })
  reject(proof: ProofOfUse, { reason }: RequestOf<typeof rejectProofOfUse>, { call }: Act): void {
    proof.reject(this.remark(reason, call));
  }

  async view(proof: ProofOfUse, { tx }: Act): Promise<ProofOfUseView> {
    return proofOfUseView(proof, await readReceipts(tx, proof.id));
  }

  private remark(text: string, call: Call): Remark {
    return { by: call.caller.subject, at: this.clock.now(), text };
  }
}

async function employerOf(tx: Tx, fundId: string, commitmentId: string | undefined): Promise<string | null> {
  if (commitmentId === undefined) return null;
  const [row] = await tx.query<{ municipalityId: string }>(
    'SELECT employer_municipality_id AS municipality_id FROM commitment WHERE id = $1 AND fund_id = $2',
    [commitmentId, fundId],
  );
  if (!row) throw new AppError('FINANCE_PROOF_COMMITMENT_MISMATCH', { commitmentId });
  return row.municipalityId;
}
