import { AppError, type createPaymentRun, type RequestOf } from '#contracts';
import type { Database, Tx } from '#database';
import { yearOf } from '../cost-plans/calendar';
import { type Columns, entityColumns } from '../entity-columns';
import { Payee, paymentTypeOf } from '../payees/payee.entity';
import { Payout } from '../payouts/payout.entity';
import type { Payment } from './pain001';

const PAYOUTS_MAX = 10_000;

export interface Payable {
  readonly payout: Payout;
  readonly payee: Columns<Payee>;
}

/**
 * Locks the payouts that a run takes: the ones asked for, or every ordered one of fund and payment type. A payout that another
 * run took meanwhile is left out, or refused when it was asked for by name.
 */
export async function lockPayable(
  database: Database,
  tx: Tx,
  request: RequestOf<typeof createPaymentRun>,
  cashier: string,
): Promise<Payable[]> {
  const locked = await lockPayouts(database, tx, request);
  const payees = await payeesOf(database, tx, locked);
  const isFit = ({ payout, payee }: Payable): boolean =>
    payout.fundId === request.fundId && paymentTypeOf(payee, request.executionOn) === request.paymentType;
  const payables = locked.flatMap((payout) => {
    const payee = payees.get(payout.payeeId ?? '');
    return payee ? [{ payout, payee }] : [];
  });
  if (request.payoutIds) for (const payout of locked) payout.assertPayableBy(cashier);
  const fit = payables.filter(isFit);
  if (request.payoutIds && fit.length !== new Set(request.payoutIds).size) {
    throw new AppError('FINANCE_PAYMENT_RUN_PAYOUT_UNFIT', {
      fundId: request.fundId,
      paymentType: request.paymentType,
    });
  }
  if (fit.length === 0) throw new AppError('FINANCE_PAYMENT_RUN_EMPTY', { fundId: request.fundId });
  for (const { payout } of fit) {
    payout.assertPayableBy(cashier);
    assertYearStarted(payout, request.executionOn);
  }
  return fit;
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

async function lockPayouts(
  database: Database,
  tx: Tx,
  { fundId, payoutIds }: RequestOf<typeof createPaymentRun>,
): Promise<Payout[]> {
  const columns = entityColumns(database, Payout, 'p');
  const rows = payoutIds
    ? await tx.query<Columns<Payout>>(
        `SELECT ${columns} FROM payout p WHERE p.id = ANY ($1) ORDER BY p.id FOR UPDATE`,
        [payoutIds],
      )
    : await tx.query<Columns<Payout>>(
        `SELECT ${columns} FROM payout p WHERE p.fund_id = $1 AND p.status = 'ORDERED' ORDER BY p.id LIMIT ${PAYOUTS_MAX} FOR UPDATE`,
        [fundId],
      );
  return rows.map((row) => Object.assign(new Payout(), row));
}

async function payeesOf(database: Database, tx: Tx, payouts: readonly Payout[]): Promise<Map<string, Columns<Payee>>> {
  const rows = await tx.query<Columns<Payee>>(
    `SELECT ${entityColumns(database, Payee, 'payee')} FROM payee WHERE id = ANY ($1)`,
    [[...new Set(payouts.map((payout) => payout.payeeId))]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Money of a later budget year is commitment authority: it cannot be paid yet. In the last half of December January's payments
 * may go out so that they arrive in time, and belong to the new year (BHO 72).
 */
function assertYearStarted(payout: Payout, executionOn: string): void {
  const isEndOfYear = executionOn.slice(5) >= '12-16';
  const payableYear = yearOf(executionOn) + (isEndOfYear ? 1 : 0);
  if (payout.budgetYear <= payableYear) return;
  throw new AppError('FINANCE_PAYMENT_RUN_YEAR_NOT_STARTED', { payoutId: payout.id, budgetYear: payout.budgetYear });
}
