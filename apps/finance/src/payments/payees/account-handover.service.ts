import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#database';
import { Recurring } from '#messaging';
import { Clock, newId } from '#platform';
import { PayoutHoldService } from '../payouts/payout-hold.service';
import { type OrderActor, OrderVoidService } from '../payouts/order-void.service';
import { PayoutPlanService } from '../payouts/payout-plan.service';
import { BankAccountChange } from './bank-account-change.entity';
import { PayeeScreeningService } from './payee-screening.service';
import { Payee } from './payee.entity';

const INTERVAL_MS = 2000;
const BATCH = 50;

/**
 * Hands payees over to their confirmed bank accounts when the quarantine ends. Each is one transaction under the payee's lock that
 * does nothing when it was done already, so every replica may try.
 */
@Injectable()
export class AccountHandoverService {
  constructor(
    private readonly database: Database,
    private readonly plans: PayoutPlanService,
    private readonly holds: PayoutHoldService,
    private readonly orders: OrderVoidService,
    private readonly screenings: PayeeScreeningService,
    private readonly clock: Clock,
  ) {}

  /** The payee, with the lock that also whoever lets its instalments fall due takes first. */
  async lockPayee(tx: Tx, payeeId: string): Promise<Payee> {
    const { expertId, municipalityId } = await tx.findOrFail(Payee, payeeId);
    const ownerId = expertId ?? municipalityId;
    if (ownerId !== null) await this.plans.lockGates(tx, [ownerId]);
    return tx.lockOrFail(Payee, payeeId);
  }

  /** The payee gets the new account, is screened again, orders for the old account are void, and the payouts go on. */
  async apply(tx: Tx, change: BankAccountChange, actor: OrderActor): Promise<void> {
    const payee = await this.lockPayee(tx, change.payeeId);
    change.takeEffect(this.clock.now());
    await tx.update(change);
    Object.assign(payee, change.account());
    await tx.update(payee);
    const payouts = await this.holds.lockWhere(
      tx,
      `payee_id = $1 AND ordered_by IS NOT NULL AND (resume_status IS NOT NULL
      OR status IN ('ARITHMETICALLY_CHECKED', 'ORDERED', 'IN_RUN'))`,
      [payee.id],
    );
    await this.orders.voidOutdated(tx, payouts, payee, actor);
    await this.screenings.screenIfConfigured(tx, payee);
    const note = `bank account change ${change.id} is effective`;
    await this.holds.liftPayee(tx, payee.id, ['BANK_DETAILS_CHANGED'], { by: actor.by, note });
  }

  @Recurring({ name: 'hand over bank accounts', intervalMs: INTERVAL_MS })
  async handOverDue(): Promise<void> {
    const due = await this.database.query<{ id: string; payeeId: string }>(
      `SELECT id, payee_id FROM bank_account_change WHERE status = 'CONFIRMED' AND quarantine_ends_at <= $1
       ORDER BY quarantine_ends_at LIMIT ${BATCH}`,
      [this.clock.now()],
    );
    for (const { id, payeeId } of due) {
      await this.database.transaction(async (tx) => {
        await this.lockPayee(tx, payeeId);
        const change = await tx.lockOrFail(BankAccountChange, id);
        if (!change.isDue(this.clock.now())) return;
        await this.apply(tx, change, { by: change.confirmedBy ?? change.proposedBy, correlationId: newId() });
      });
    }
  }
}
