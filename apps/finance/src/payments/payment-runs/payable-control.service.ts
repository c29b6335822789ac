import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import type { createPaymentRun } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { PayeeReader } from '../payees/payee.reader';
import { PayoutHoldService } from '../payouts/payout-hold.service';
import { type OrderActor, OrderVoidService } from '../payouts/order-void.service';
import { PayoutPaymentService } from '../payouts/payout-payment.service';
import { ScreeningService } from '../sanctions/screening.service';

/**
 * The last look before a payment run, in a transaction of its own: what it finds stays visible on the payouts also when the run
 * is refused. Orders whose content changed are voided, and payees without a CLEAR against the sanctions list in force are held.
 */
@Injectable()
export class PayableControl {
  constructor(
    private readonly database: Database,
    private readonly payees: PayeeReader,
    private readonly payouts: PayoutPaymentService,
    private readonly orders: OrderVoidService,
    private readonly holds: PayoutHoldService,
    private readonly screenings: ScreeningService,
  ) {}

  async holdUnfit(request: RequestOf<typeof createPaymentRun>, actor: OrderActor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.screenings.assertConfigured(tx);
      const payeeIds = new Set<string>();
      for await (const locked of this.payouts.lockInParts(tx, request)) {
        const ordered = locked.filter(({ status, fundId }) => status === 'ORDERED' && fundId === request.fundId);
        const byPayee = Map.groupBy(ordered, ({ payeeId }) => payeeId);
        for (const payee of (await this.payees.findAll(tx, [...byPayee.keys()])).values()) {
          payeeIds.add(payee.id);
          await this.orders.voidOutdated(tx, byPayee.get(payee.id) ?? [], payee, actor);
        }
      }
      await this.holdUnscreened(tx, [...payeeIds], actor);
    });
  }

  private async holdUnscreened(tx: Tx, payeeIds: readonly string[], { by }: OrderActor): Promise<void> {
    const note = 'no CLEAR against the sanctions list in force, or not recent enough';
    for (const payeeId of await this.screenings.withoutClear(tx, payeeIds)) {
      await this.holds.holdPayee(tx, payeeId, 'SCREENING_MISSING', { by, note });
    }
  }
}
