import { Injectable } from '@nestjs/common';
import { AppError, type createPaymentRun, type RequestOf } from '#contracts';
import type { Tx } from '#database';
import { yearOf } from '../cost-plans/calendar';
import { type FundFacts, FundService } from '../funds/fund.service';
import { type PayeeFacts, PayeeService } from '../payees/payee.service';
import { paymentTypeOf } from '../payees/payment-type';
import { type PayablePayout, PayoutPaymentService } from '../payouts/payout-payment.service';
import type { Payment } from './pain001';

type RunRequest = RequestOf<typeof createPaymentRun>;

export interface Payable {
  readonly payout: PayablePayout;
  readonly payee: PayeeFacts;
}

/** Finds what a payment run takes, and refuses what it may not take. */
@Injectable()
export class PayableService {
  constructor(
    private readonly funds: FundService,
    private readonly payees: PayeeService,
    private readonly payouts: PayoutPaymentService,
  ) {}

  /**
   * Locks the payouts asked for, or every ordered one of fund and payment type. A payout that another run took meanwhile is left
   * out, or refused when it was asked for by name.
   */
  async lock(tx: Tx, request: RunRequest, cashier: string): Promise<{ fund: FundFacts; payables: Payable[] }> {
    const fund = await this.funds.findOrFail(tx, request.fundId);
    const locked = await this.payouts.lock(tx, request);
    if (request.payoutIds) for (const payout of locked) payout.assertPayableBy(cashier);
    const payees = await this.payees.findAll(
      tx,
      locked.map((payout) => payout.payeeId),
    );
    const payables = locked.flatMap((payout) => {
      const payee = payees.get(payout.payeeId ?? '');
      return payee && isFit(payout, payee, request) ? [{ payout, payee }] : [];
    });
    if (request.payoutIds && payables.length !== new Set(request.payoutIds).size) {
      const { fundId, paymentType } = request;
      throw new AppError('FINANCE_PAYMENT_RUN_PAYOUT_UNFIT', { fundId, paymentType });
    }
    if (payables.length === 0) throw new AppError('FINANCE_PAYMENT_RUN_EMPTY', { fundId: request.fundId });
    for (const { payout } of payables) {
      payout.assertPayableBy(cashier);
      assertYearStarted(payout, request.executionOn);
    }
    return { fund, payables };
  }
}

export function paymentOf({ payout, payee }: Payable): Payment {
  return {
    // A payout that comes back from the bank gets another suffix when it is sent again.
    endToEndId: payout.id.replaceAll('-', ''),
    amountMinor: payout.amountMinor,
    currency: payout.currency,
    remittance: `${payout.category} ${payout.instalment} ${payout.dueOn} ${payout.assignmentId}`,
    creditor: { ...payee, name: payee.accountHolder },
  };
}

function isFit(payout: PayablePayout, payee: PayeeFacts, { fundId, paymentType, executionOn }: RunRequest): boolean {
  return payout.fundId === fundId && paymentTypeOf(payee, executionOn) === paymentType;
}

/**
 * Money of a later budget year is commitment authority: it cannot be paid yet. In the last half of December January's payments
 * may go out so that they arrive in time, and belong to the new year (BHO 72).
 */
function assertYearStarted(payout: PayablePayout, executionOn: string): void {
  const isEndOfYear = executionOn.slice(5) >= '12-16';
  const payableYear = yearOf(executionOn) + (isEndOfYear ? 1 : 0);
  if (payout.budgetYear <= payableYear) return;
  throw new AppError('FINANCE_PAYMENT_RUN_YEAR_NOT_STARTED', { payoutId: payout.id, budgetYear: payout.budgetYear });
}
