import { Injectable } from '@nestjs/common';
import { AppError, type createPaymentRun, type RequestOf } from '#contracts';
import type { Tx } from '#database';
import { yearOf } from '../cost-plans/calendar';
import { type FundFacts, FundService } from '../funds/fund.service';
import { type PayeeFacts, PayeeService } from '../payees/payee.service';
import { paymentTypeOf } from '../payees/payment-type';
import { isPayableText } from '../payees/sepa-text';
import { orderHash, purposeOf } from '../payouts/order-binding';
import { type PayablePayout, PayoutPaymentService } from '../payouts/payout-payment.service';
import { ScreeningService } from '../sanctions/screening.service';
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
    private readonly screenings: ScreeningService,
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
    assertAddresses(payables, request);
    await this.assertCleared(tx, payables);
    for (const { payout, payee } of payables) {
      payout.assertPayableBy(cashier);
      assertAsOrdered(payout, payee);
      assertYearStarted(payout, request.executionOn);
    }
    return { fund, payables };
  }

  private async assertCleared(tx: Tx, payables: readonly Payable[]): Promise<void> {
    const unclear = await this.screenings.withoutClear(
      tx,
      payables.map(({ payee }) => payee.id),
    );
    if (unclear.size > 0) throw new AppError('FINANCE_SCREENING_MISSING', { payeeIds: [...unclear].slice(0, 20) });
  }
}

export function paymentOf({ payout, payee }: Payable): Payment {
  return {
    // One order, one EndToEndId, for ever: an order that was voided and made again has another number.
    endToEndId: payout.id.replaceAll('-', '') + (payout.orderNumber > 1 ? `n${payout.orderNumber}` : ''),
    amountMinor: payout.amountMinor,
    currency: payout.currency,
    remittance: purposeOf(payout),
    creditor: { ...payee, name: payee.accountHolder },
  };
}

/** Abroad the bank needs town and country of the payee, apart from any other line (domain.md 3.9). Names every fault at once. */
function assertAddresses(payables: readonly Payable[], { paymentType }: RunRequest): void {
  if (paymentType !== 'FOREIGN') return;
  const errors = payables.flatMap(({ payout, payee }) => {
    const base = `#/payouts/${payout.id}/payee/address`;
    const code = 'FINANCE_PAYMENT_RUN_ADDRESS_INCOMPLETE';
    return [
      ...(isPayableText(payee.town)
        ? []
        : [{ pointer: `${base}/town`, code, detail: `payee ${payee.id} has no town` }]),
      ...(/^[A-Z]{2}$/.test(payee.country)
        ? []
        : [{ pointer: `${base}/country`, code, detail: `payee ${payee.id} has no country` }]),
    ];
  });
  if (errors.length === 0) return;
  throw new AppError('FINANCE_PAYMENT_RUN_ADDRESS_INCOMPLETE', { faults: errors.length }, { errors });
}

/** The control before the run voids such orders; this is for a change in between. */
function assertAsOrdered(payout: PayablePayout, payee: PayeeFacts): void {
  if (payout.orderHash === orderHash(payout, payee)) return;
  throw new AppError('FINANCE_PAYOUT_ORDER_OUTDATED', { payoutId: payout.id });
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
