import { Injectable } from '@nestjs/common';
import type { ClaimView, createClaim, decideClaim, deferClaim, objectToClaim, RequestOf, RuleSet } from '#contracts';
import type { Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { findFund } from '../funds/find-fund';
import { centsOn } from '../public-money-rules/public-money-rule';
import { Claim } from './claim.entity';
import { CLAIM_PAYMENTS, type ClaimPayment, claimView } from './claim.messages';

/** What a claim is made from. */
export interface NewClaim {
  readonly id?: string | undefined;
  readonly fundId: string;
  readonly proofOfUseId: string | null;
  readonly debtorName: string;
  readonly ruleSet: RuleSet;
  readonly ground: Claim['ground'];
  readonly reason: string;
  readonly amount: ClaimView['amount'];
  readonly interestFrom: string;
}

type ClosingRequest = { claimId: string; reason: string; consentReference?: string | undefined };

/** Claims for repayment, from the draft to the reason why the money does not come; `ClaimPaymentService` books it when it does. */
@Injectable()
export class ClaimService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  create(request: RequestOf<typeof createClaim>, call: Call): Promise<ClaimView> {
    return this.commands.run(call, async (tx) =>
      claimView(await this.draft(tx, { ...request, proofOfUseId: null }, call.caller.subject), []),
    );
  }

  /** Drafts a claim in the caller's transaction. */
  async draft(tx: Tx, request: NewClaim, draftedBy: string): Promise<Claim> {
    const fund = await findFund(tx, request.fundId);
    const claim = Object.assign(new Claim(), {
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
      thresholdMinor: centsOn(request.ruleSet, 'minor-claim-threshold', this.clock.today()),
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

  hear({ claimId, until }: { claimId: string; until: string }, call: Call): Promise<ClaimView> {
    return this.change(claimId, call, (claim) => claim.hear(until, this.clock.today()));
  }

  recordStatement({ claimId, statement }: { claimId: string; statement: string }, call: Call): Promise<ClaimView> {
    return this.change(claimId, call, (claim) => claim.recordStatement(statement));
  }

  decide({ claimId, decidedOn, reference }: RequestOf<typeof decideClaim>, call: Call): Promise<ClaimView> {
    const by = call.caller.subject;
    return this.change(claimId, call, (claim) => claim.decide({ by, decidedOn, reference }, this.clock.today()));
  }

  object({ claimId, objectedOn, text }: RequestOf<typeof objectToClaim>, call: Call): Promise<ClaimView> {
    return this.change(claimId, call, (claim) => claim.object(objectedOn, text, this.clock.today()));
  }

  makeDue({ claimId, dueOn }: { claimId: string; dueOn: string }, call: Call): Promise<ClaimView> {
    return this.change(claimId, call, (claim) => claim.makeDue(dueOn));
  }

  defer(request: RequestOf<typeof deferClaim>, call: Call): Promise<ClaimView> {
    const { claimId, instalments, reason, consentReference } = request;
    return this.change(claimId, call, async (claim, tx) => {
      const fund = await findFund(tx, claim.fundId);
      const planned = instalments.map(({ dueOn, amount }) => ({ dueOn, amountMinor: fund.minorOf(amount) }));
      claim.defer(planned, instalments, { reason, consentReference, by: call.caller.subject });
    });
  }

  waive({ claimId, ...closing }: ClosingRequest, call: Call): Promise<ClaimView> {
    return this.change(claimId, call, (claim) => claim.waive(closingOf(closing, call)));
  }

  writeOff({ claimId, ...closing }: ClosingRequest, call: Call): Promise<ClaimView> {
    return this.change(claimId, call, (claim) => claim.writeOff(closingOf(closing, call)));
  }

  private change(
    claimId: string,
    call: Call,
    work: (claim: Claim, tx: Tx) => Promise<void> | void,
  ): Promise<ClaimView> {
    return this.commands.run(call, async (tx) => {
      const claim = await tx.lockOrFail(Claim, claimId, call.expectedVersion);
      await work(claim, tx);
      await tx.update(claim);
      return claimView(claim, await tx.query<ClaimPayment>(CLAIM_PAYMENTS, [[claimId]]));
    });
  }
}

function closingOf(request: Omit<ClosingRequest, 'claimId'>, call: Call) {
  return { reason: request.reason, consentReference: request.consentReference, by: call.caller.subject };
}
