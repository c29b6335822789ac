import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import {
  type ClaimView,
  createClaim,
  decideClaim,
  deferClaim,
  makeClaimDue,
  objectToClaim,
  openClaimHearing,
  recordClaimStatement,
  type RuleSet,
  waiveClaim,
  writeOffClaim,
} from '#contracts/finance';
import type { Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { findFund } from '../../budget/funds/fund.reader';
import { readPublicMoneyRules } from '../public-money-rules/public-money-rules.reader';
import { act } from './repayment-claim.act';
import { type Closing, RepaymentClaim } from './repayment-claim.entity';
import { claimView } from './repayment-claim.messages';
import { readPayments } from './repayment-claim.rows';

/** What a claim is made from. */
export interface NewClaim {
  readonly id?: string | undefined;
  readonly fundId: string;
  readonly proofOfUseId: string | null;
  readonly debtorName: string;
  readonly ruleSet: RuleSet;
  readonly ground: RepaymentClaim['ground'];
  readonly reason: string;
  readonly amount: ClaimView['amount'];
  readonly interestFrom: string;
}

/** Claims for repayment, from the draft to the reason why the money does not come; `RepaymentService` books it when it does. */
@Injectable()
export class RepaymentClaimService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @Handle(createClaim)
  create(request: RequestOf<typeof createClaim>, call: Call): Promise<ClaimView> {
    return this.commands.run(call, async (tx) =>
      claimView(await this.draft(tx, { ...request, proofOfUseId: null }, call.caller.subject), []),
    );
  }

  /** Drafts a claim in the caller's transaction. */
  async draft(tx: Tx, request: NewClaim, draftedBy: string): Promise<RepaymentClaim> {
    const fund = await findFund(tx, request.fundId);
    const rules = await readPublicMoneyRules(tx, request.ruleSet);
    const claim = Object.assign(new RepaymentClaim(), {
      id: request.id ?? newId(),
      fundId: fund.id,
      proofOfUseId: request.proofOfUseId,
      debtorName: request.debtorName,
      ruleSet: request.ruleSet,
      ground: request.ground,
      reason: request.reason,
      currency: fund.currency,
      amountMinor: fund.minorOf(request.amount),
      paidMinor: 0n,
      thresholdMinor: rules.inForceOn(this.clock.today()).value('minor-claim-threshold'),
      interestFrom: request.interestFrom,
      status: 'DRAFT' as const,
      draftedBy,
      hearingUntil: null,
      statement: null,
      decidedBy: null,
      decidedOn: null,
      decisionReference: null,
      objectedOn: null,
      objection: null,
      dueOn: null,
      instalments: [],
      closingReason: null,
      consentReference: null,
      createdAt: this.clock.now(),
    });
    await tx.insert(claim);
    return claim;
  }

  @act(openClaimHearing, { possible: (claim) => claim.assertCanBecome('HEARING') })
  hear(claim: RepaymentClaim, { until }: RequestOf<typeof openClaimHearing>): void {
    claim.hear(until, this.clock.today());
  }

  @act(recordClaimStatement, { possible: (claim) => claim.assertInHearing() })
  recordStatement(claim: RepaymentClaim, { statement }: RequestOf<typeof recordClaimStatement>): void {
    claim.recordStatement(statement);
  }

  @act(decideClaim, { possible: (claim, { caller }) => claim.assertCanBecome('DECIDED', caller.subject) })
  decide(claim: RepaymentClaim, request: RequestOf<typeof decideClaim>, { call }: Act): void {
    const { decidedOn, reference } = request;
    claim.decide({ by: call.caller.subject, decidedOn, reference }, this.clock.today());
  }

  @act(objectToClaim, { possible: (claim) => claim.assertCanBecome('OBJECTED') })
  object(claim: RepaymentClaim, { objectedOn, text }: RequestOf<typeof objectToClaim>): void {
    claim.object(objectedOn, text, this.clock.today());
  }

  @act(makeClaimDue, { possible: (claim) => claim.assertCanBecome('DUE') })
  makeDue(claim: RepaymentClaim, { dueOn }: RequestOf<typeof makeClaimDue>): void {
    claim.makeDue(dueOn);
  }

  @act(deferClaim, { possible: (claim) => claim.assertCanBecome('DEFERRED') })
  async defer(claim: RepaymentClaim, request: RequestOf<typeof deferClaim>, { tx, call }: Act): Promise<void> {
    const { instalments } = request;
    const fund = await findFund(tx, claim.fundId);
    const planned = instalments.map(({ dueOn, amount }) => ({ dueOn, amountMinor: fund.minorOf(amount) }));
    claim.defer(planned, instalments, closingOf(request, call));
  }

  @act(waiveClaim, { possible: (claim, { caller }) => claim.assertCanBecome('WAIVED', caller.subject) })
  waive(claim: RepaymentClaim, request: RequestOf<typeof waiveClaim>, { call }: Act): void {
    claim.waive(closingOf(request, call));
  }

  @act(writeOffClaim, { possible: (claim, { caller }) => claim.assertCanBecome('WRITTEN_OFF', caller.subject) })
  writeOff(claim: RepaymentClaim, request: RequestOf<typeof writeOffClaim>, { call }: Act): void {
    claim.writeOff(closingOf(request, call));
  }

  async view(claim: RepaymentClaim, { tx }: Act): Promise<ClaimView> {
    return claimView(claim, await readPayments(tx, [claim.id]));
  }
}

function closingOf(
  { reason, consentReference }: { reason: string; consentReference?: string | undefined },
  { caller }: Call,
): Closing {
  return { reason, consentReference, by: caller.subject };
}
