import { Injectable } from '@nestjs/common';
import { AppError, CountryCode, type FieldError, type MoneyMinor, type RequestOf, yearOf } from '#contracts';
import type { createPaymentRun } from '#contracts/finance';
import type { Tx } from '#database';
import { type PayeeFacts, PayeeReader } from '../payees/payee.reader';
import { accountCountryOf, paymentTypeOf } from '../payees/payment-type';
import { readChargeBearers } from '../payment-rules/charge-bearers.reader';
import { readTransferRules } from '../payment-rules/transfer-rules.reader';
import { SepaArea } from '../payees/sepa-area.reader';
import { isPayableText } from '../../budget/funds/sepa-text';
import { orderHash } from '../payouts/order-binding';
import { type PayablePayout, PayoutPaymentService } from '../payouts/payout-payment.service';
import { ScreeningService } from '../sanctions/screening.service';
import type { Purpose } from './purpose';
import type { TransferPart } from './transfer';

type RunRequest = RequestOf<typeof createPaymentRun>;

const RUN_MAX = 10_000;

interface Payable extends Pick<TransferPart, 'payee' | 'purpose' | 'chargeBearer' | 'earlierRuns' | 'isJoined'> {
  readonly payout: PayablePayout;
}

/** Finds what a payment run takes, and refuses what it may not take. */
@Injectable()
export class PayableService {
  constructor(
    private readonly payees: PayeeReader,
    private readonly payouts: PayoutPaymentService,
    private readonly screenings: ScreeningService,
  ) {}

  /**
   * Locks the payouts asked for, or every ordered one of fund and payment type up to 10,000, part by part. A payout that another
   * run took meanwhile is left out, or refused when it was asked for by name. Faulty addresses are named when all were looked at.
   */
  async *lockInParts(tx: Tx, request: RunRequest, cashier: string): AsyncGenerator<TransferPart[]> {
    const faults: FieldError[] = [];
    const currencies = new Set<string>();
    let found = 0;
    for await (const locked of this.payouts.lockInParts(tx, request)) {
      if (request.payoutIds) for (const payout of locked) payout.assertCanBecome('IN_RUN', cashier);
      const payables = (await this.fit(tx, locked, request))
        .filter((it) => request.currency === undefined || currencyOf(it) === request.currency)
        .slice(0, RUN_MAX - found);
      for (const it of payables) currencies.add(currencyOf(it));
      if (currencies.size > 1)
        throw new AppError('FINANCE_PAYMENT_RUN_CURRENCIES_MIXED', { currencies: [...currencies] });
      found += payables.length;
      faults.push(...addressFaults(payables, request));
      if (faults.length === 0) {
        await this.assertPayable(tx, payables, { request, cashier });
        yield payables.map(partOf);
      }
      if (found === RUN_MAX) break;
    }
    const { fundId, paymentType, payoutIds } = request;
    if (payoutIds && found !== new Set(payoutIds).size) {
      throw new AppError('FINANCE_PAYMENT_RUN_PAYOUT_UNFIT', { fundId, paymentType });
    }
    if (found === 0) throw new AppError('FINANCE_PAYMENT_RUN_EMPTY', { fundId });
    if (faults.length > 0) {
      throw new AppError('FINANCE_PAYMENT_RUN_ADDRESS_INCOMPLETE', { faults: faults.length }, { errors: faults });
    }
  }

  /** Those that belong to the fund and go by the payment type. */
  private async fit(tx: Tx, payouts: readonly PayablePayout[], request: RunRequest): Promise<Payable[]> {
    const { fundId, paymentType, executionOn } = request;
    const payees = await this.payees.findAll(
      tx,
      payouts.map((payout) => payout.payeeId),
    );
    const earlierRuns = await countEarlierRuns(tx, payouts);
    const area = await SepaArea.read(tx);
    const purposes = await readPurposes(tx, payouts);
    const bearerOf = await readChargeBearers(tx, executionOn);
    const isJoined = await readTransferRules(tx, executionOn);
    return payouts.flatMap((payout) => {
      const payee = payees.get(payout.payeeId ?? '');
      if (!payee || payout.fundId !== fundId) return [];
      // SEPA carries EUR alone.
      const type = payout.instructedCurrency === null ? paymentTypeOf(payee, executionOn, area) : 'FOREIGN';
      if (type !== paymentType) return [];
      const purpose = purposes.get(payout.id);
      if (!purpose) return [];
      const chargeBearer = paymentType === 'SEPA' ? null : bearerOf(accountCountryOf(payee));
      return [
        {
          payout,
          payee,
          purpose,
          chargeBearer,
          earlierRuns: earlierRuns.get(payout.id) ?? 0,
          isJoined: purpose.instrument === null || isJoined(purpose.instrument),
        },
      ];
    });
  }

  private async assertPayable(
    tx: Tx,
    payables: readonly Payable[],
    { request, cashier }: { request: RunRequest; cashier: string },
  ): Promise<void> {
    const unclear = await this.screenings.withoutClear(
      tx,
      payables.map(({ payee }) => payee.id),
    );
    if (unclear.size > 0) throw new AppError('FINANCE_SCREENING_MISSING', { payeeIds: [...unclear].slice(0, 20) });
    for (const { payout, payee } of payables) {
      payout.assertCanBecome('IN_RUN', cashier);
      assertAsOrdered(payout, payee);
      assertYearStarted(payout, request.executionOn);
    }
  }
}

/** What the file needs of it: of 10,000 nothing more is in memory. */
function partOf({ payout, ...more }: Payable): TransferPart {
  const { id: payoutId, commitmentId, amountMinor, currency, creditorReference, reissueOf } = payout;
  return {
    payoutId,
    commitmentId,
    amountMinor,
    currency,
    instructed: promiseOf(payout),
    creditorReference,
    isReissue: reissueOf !== null,
    ...more,
  };
}

function promiseOf({ instructedMinor: amountMinor, instructedCurrency: currency }: PayablePayout): MoneyMinor | null {
  return amountMinor === null || currency === null ? null : { amountMinor, currency };
}

/** The currency in which it is instructed. */
function currencyOf({ payout: { instructedCurrency, currency } }: Payable): string {
  return instructedCurrency ?? currency;
}

async function readPurposes(tx: Tx, payouts: readonly PayablePayout[]): Promise<Map<string, Purpose>> {
  const rows = await tx.query<Purpose & { id: string }>(
    `SELECT p.id, p.case_number, c.instrument, p.category, p.due_on, p.purpose AS expense, m.name AS place
     FROM payout p JOIN commitment c ON c.id = p.commitment_id
     LEFT JOIN municipality_copy m ON m.id = c.employer_municipality_id WHERE p.id = ANY ($1::uuid[])`,
    [payouts.map((payout) => payout.id)],
  );
  return new Map(rows.map(({ id, ...purpose }) => [id, purpose]));
}

async function countEarlierRuns(tx: Tx, payouts: readonly PayablePayout[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ payoutId: string; runs: number }>(
    `SELECT payout_id, count(*)::int AS runs FROM payment_run_item WHERE payout_id = ANY ($1::uuid[])
     GROUP BY payout_id`,
    [payouts.map((payout) => payout.id)],
  );
  return new Map(rows.map((row) => [row.payoutId, row.runs]));
}

/** Abroad the bank needs town and country of the payee, apart from any other line (docs/domain.md#bank-formats). */
function addressFaults(payables: readonly Payable[], { paymentType }: RunRequest): FieldError[] {
  if (paymentType !== 'FOREIGN') return [];
  const code = 'FINANCE_PAYMENT_RUN_ADDRESS_INCOMPLETE';
  return payables.flatMap(({ payout, payee }) => {
    const missing = [
      ...(isPayableText(payee.town) ? [] : ['town']),
      ...(CountryCode.safeParse(payee.country).success ? [] : ['country']),
    ];
    return missing.map((field) => ({
      pointer: `#/payouts/${payout.id}/payee/address/${field}`,
      code,
      detail: `payee ${payee.id} has no ${field}`,
    }));
  });
}

/** The control before the run voids such orders; this is for a change in between. */
function assertAsOrdered(payout: PayablePayout, payee: PayeeFacts): void {
  if (payout.orderHash === orderHash(payout, payee)) return;
  throw new AppError('FINANCE_PAYOUT_ORDER_OUTDATED', { payoutId: payout.id });
}

/**
 * Money of a later budget year is commitment authority: it cannot be paid yet. In the last half of December what is due in January may
 * go out so that it arrives in time, and belongs to the new year (BHO 72).
 */
function assertYearStarted(payout: PayablePayout, executionOn: string): void {
  const year = yearOf(executionOn);
  if (payout.budgetYear <= year) return;
  const isForJanuary = payout.budgetYear === year + 1 && payout.dueOn < `${year + 1}-02-01`;
  if (isForJanuary && executionOn >= `${year}-12-16`) return;
  throw new AppError('FINANCE_PAYMENT_RUN_YEAR_NOT_STARTED', { payoutId: payout.id, budgetYear: payout.budgetYear });
}
