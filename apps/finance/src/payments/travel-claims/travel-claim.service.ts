import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, fieldError, type RequestOf, yearOf } from '#contracts';
import { type PayeeKind, submitTravelClaim, type TravelCalculation, type TravelClaimView } from '#contracts/finance';
import type { Tx } from '#database';
import { documentName, DocumentStore } from '#documents';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { findFund } from '../../budget/funds/fund.reader';
import { payoutsOfExpenses } from '../payouts/expense-payout.reader';
import { ExpensePayoutService } from '../payouts/expense-payout.service';
import { PayeeReader } from '../payees/payee.reader';
import { TravelCalculationService } from './travel-calculation.service';
import { TravelClaim } from './travel-claim.entity';
import { travelClaimView } from './travel-claim.messages';
import { claimOfDay, claimOfReceipt, writeReceipts } from './travel-claim.rows';

type Request = RequestOf<typeof submitTravelClaim>;

/** Who travelled, and which fund pays. */
interface Traveller {
  readonly fundId: string;
  readonly id: string;
  readonly kind: PayeeKind;
  readonly expertId: string | null;
  readonly municipalityId: string | null;
}

/** Takes a claim of travel costs: computes it, binds its money and begins its payment, in one transaction. */
@Injectable()
export class TravelClaimService {
  constructor(
    private readonly commands: Commands,
    private readonly documents: DocumentStore,
    private readonly calculations: TravelCalculationService,
    private readonly payees: PayeeReader,
    private readonly payouts: ExpensePayoutService,
    private readonly clock: Clock,
  ) {}

  @Handle(submitTravelClaim)
  submit(request: Request, call: Call): Promise<TravelClaimView> {
    return this.commands.run(call, async (tx) => {
      const traveller = await this.travellerOf(tx, request, call);
      const calculation = await this.calculations.calculate(tx, request.journey);
      const claim = await this.claimOf(tx, request, { traveller, calculation, call });
      // Two claims at once could have the same day or receipt: one after the other.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('finance.travel-claim', 0))`);
      await refuseClaimedDays(tx, claim);
      const receipts = await this.useReceipts(tx, claim, call);
      await this.payouts.pay(
        tx,
        {
          id: claim.id,
          fundId: claim.fundId,
          budgetYear: claim.budgetYear,
          category: 'MOBILITAET',
          currency: claim.currency,
          dueOn: this.clock.today(),
          assignmentId: claim.assignmentId,
          creditorReference: null,
          source: 'TRAVEL',
          payee: traveller,
          amountMinor: claim.totalMinor,
          reference: `travel ${claim.startsOn}`,
          purpose: purposeOf(claim),
        },
        call,
      );
      await tx.insert(claim);
      await writeReceipts(
        tx,
        claim.id,
        receipts.map(({ id, sha256 }) => ({ documentId: id, sha256 })),
      );
      const payouts = (await payoutsOfExpenses(tx, [claim.id])).get(claim.id);
      assert(payouts, 'a claim without its payment');
      return travelClaimView(claim, { payouts, receipts: receipts.map(documentName) });
    });
  }

  /** What is not the caller's own is answered as if it were not there. */
  private async travellerOf(tx: Tx, request: Request, { scope, caller }: Call): Promise<Traveller> {
    const { assignmentId, payeeId, fundId } = request;
    const isMine = (expertId: string | null) => scope === 'any' || (expertId !== null && expertId === caller.expertId);
    const isUnclear = assignmentId === undefined ? !payeeId || !fundId : (payeeId ?? fundId) !== undefined;
    if (isUnclear) {
      const pointer = assignmentId === undefined ? '#/assignmentId' : '#/payeeId';
      throw fieldError('FINANCE_TRAVEL_TRAVELLER_UNCLEAR', pointer, 'either an assignment, or a payee with a fund');
    }
    if (assignmentId !== undefined) {
      const { expertId, fundId: pays } = await this.payouts.assignmentCovered(tx, assignmentId, isMine);
      return { fundId: pays, id: expertId, kind: 'EXPERT', expertId, municipalityId: null };
    }
    const payee = (await this.payees.findAll(tx, [payeeId ?? null])).get(payeeId ?? '');
    if (!payee || !isMine(payee.expertId)) {
      throw fieldError('FINANCE_EXPENSE_PAYEE_UNKNOWN', '#/payeeId', 'is not registered');
    }
    const { id, kind, expertId, municipalityId } = payee;
    return { fundId: fundId ?? '', id, kind, expertId, municipalityId };
  }

  private async claimOf(
    tx: Tx,
    { id, assignmentId, purpose, journey }: Request,
    { traveller, calculation, call }: { traveller: Traveller; calculation: TravelCalculation; call: Call },
  ): Promise<TravelClaim> {
    const fund = await findFund(tx, traveller.fundId);
    const { startsOn, endsOn, claimableUntil, lines, rules, total } = calculation;
    return Object.assign(new TravelClaim(), {
      id: id ?? newId(),
      version: 1,
      fundId: fund.id,
      // What is paid belongs to the year in which it is paid (BHO 72).
      budgetYear: yearOf(this.clock.today()),
      assignmentId: assignmentId ?? null,
      payeeKind: traveller.kind,
      payeeOwnerId: traveller.expertId ?? traveller.municipalityId ?? traveller.id,
      expertId: traveller.expertId,
      purpose,
      destination: (journey.legs.find(({ place }) => place !== journey.start.place) ?? journey.start).place,
      startsOn,
      endsOn,
      claimableUntil,
      journey,
      lines,
      rules,
      totalMinor: fund.minorOf(total),
      currency: fund.currency,
      submittedBy: call.caller.subject,
      submittedAt: this.clock.now(),
    });
  }

  /** A receipt is used once: by its document, and by its bytes. */
  private async useReceipts(tx: Tx, { id, journey }: TravelClaim, call: Call) {
    const used = [];
    for (const [index, { documentId }] of journey.costs.entries()) {
      const document = await this.documents.use(tx, documentId, `travel-claim ${id}`, call);
      const isTwice = used.some(({ sha256 }) => sha256 === document.sha256);
      const travelClaimId = isTwice ? id : await claimOfReceipt(tx, document.sha256);
      if (travelClaimId !== undefined) {
        const [code, pointer] = ['FINANCE_TRAVEL_RECEIPT_DUPLICATE', `#/journey/costs/${index}/documentId`] as const;
        const errors = [{ pointer, code, detail: 'was used already' }];
        throw new AppError(code, isTwice ? undefined : { travelClaimId }, { errors });
      }
      used.push(document);
    }
    return used;
  }
}

async function refuseClaimedDays(tx: Tx, claim: TravelClaim): Promise<void> {
  const travelClaimId = await claimOfDay(tx, claim);
  if (travelClaimId === undefined) return;
  const [code, pointer] = ['FINANCE_TRAVEL_DAY_CLAIMED', '#/journey/legs/0/departedOn'] as const;
  throw new AppError(code, { travelClaimId }, { errors: [{ pointer, code, detail: 'was claimed already' }] });
}

/** What the traveller reads on the payment. */
function purposeOf({ destination, startsOn, endsOn }: TravelClaim): string {
  const day = (text: string) => text.split('-').reverse().join('.');
  const days = startsOn === endsOn ? day(startsOn) : `${day(startsOn)} bis ${day(endsOn)}`;
  return `Reisekosten ${destination}, ${days}`;
}
