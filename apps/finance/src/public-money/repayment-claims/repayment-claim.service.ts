import { Injectable } from '@nestjs/common';
import { type RequestOf, toMinor } from '#contracts';
import {
  type ClaimView,
  createClaim,
  decideClaim,
  deferClaim,
  demandClaimInterest,
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
import { BaseRateService } from '../public-money-rules/base-rate.service';
import { readPublicMoneyRules } from '../public-money-rules/public-money-rules.reader';
import { act } from './repayment-claim.act';
import { type Closing, RepaymentClaim } from './repayment-claim.entity';
import { claimView } from './repayment-claim.messages';
import { openAmounts, reductionsOf } from './repayment-claim.reader';
import { readRecords } from './repayment-claim.rows';

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
    private readonly baseRates: BaseRateService,
    private readonly clock: Clock,
  ) {}

  @Handle(createClaim)
  create(request: RequestOf<typeof createClaim>, call: Call): Promise<ClaimView> {
    return this.commands.run(call, async (tx) =>
      claimView(
        await this.draft(tx, { ...request, proofOfUseId: null }, call.caller.subject),
        { payments: [], interestDemands: [], waivers: [] },
        this.clock.today(),
      ),
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
      waivedMinor: 0n,
      interestDemandedMinor: 0n,
      interestPaidMinor: 0n,
      nextDueOn: null,
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
  async waive(claim: RepaymentClaim, request: RequestOf<typeof waiveClaim>, { tx, call }: Act): Promise<void> {
    const closing = closingOf(request, call);
    const fund = await findFund(tx, claim.fundId);
    const amountMinor = request.amount ? fund.minorOf(request.amount) : claim.openMinor;
    if (amountMinor === claim.openMinor) return claim.waive(closing);
    claim.waivePart(amountMinor, closing);
    await tx.execute(
      `INSERT INTO claim_waiver (claim_id, number, amount_minor, waived_on, reason, consent_reference, waived_by)
       SELECT $1, count(*) + 1, $2, $3, $4, $5, $6 FROM claim_waiver WHERE claim_id = $1`,
      [claim.id, amountMinor, this.clock.today(), closing.reason, closing.consentReference ?? null, closing.by],
    );
  }

  @act(demandClaimInterest, { possible: (claim) => claim.assertBearsInterest() })
  async demandInterest(
    claim: RepaymentClaim,
    { until, dueOn }: RequestOf<typeof demandClaimInterest>,
    { tx, call }: Act,
  ): Promise<void> {
    const principals = openAmounts(claim, reductionsOf(await readRecords(tx, claim.id)), until);
    const { ruleSet, currency, interestFrom: on } = claim;
    const { amount, isProvisional } = await this.baseRates.interest(principals, { ruleSet, on, currency });
    const interest = { amountMinor: toMinor(amount).amountMinor, isProvisional };
    const added = claim.demandInterest(interest, { until, dueOn, today: this.clock.today() });
    await tx.execute(
      `INSERT INTO claim_interest_demand (claim_id, number, amount_minor, until, due_on, demanded_by, demanded_at)
       SELECT $1, count(*) + 1, $2, $3, $4, $5, $6 FROM claim_interest_demand WHERE claim_id = $1`,
      [claim.id, added, until, dueOn, call.caller.subject, this.clock.now()],
    );
  }

  @act(writeOffClaim, { possible: (claim, { caller }) => claim.assertCanBecome('WRITTEN_OFF', caller.subject) })
  writeOff(claim: RepaymentClaim, request: RequestOf<typeof writeOffClaim>, { call }: Act): void {
    claim.writeOff(closingOf(request, call));
  }

  async view(claim: RepaymentClaim, { tx }: Act): Promise<ClaimView> {
    return claimView(claim, await readRecords(tx, claim.id), this.clock.today());
  }
}

function closingOf(
  { reason, consentReference }: { reason: string; consentReference?: string | undefined },
  { caller }: Call,
): Closing {
  return { reason, consentReference, by: caller.subject };
}
