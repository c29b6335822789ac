import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf, toMinor } from '#contracts';
import { giveBackPayout, type PayoutView, reissuePayout } from '#contracts/finance';
import type { Tx } from '#database';
import { type Act, Outbox } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { currentPlan, withdrawFromPlan } from '../../commitments/commitments/commitment-plan.service';
import { releaseYears, returnToYear } from '../../commitments/commitments/commitment-years.service';
import { Ledger, move } from '../../budget/ledger/ledger.service';
import { act } from './payout.act';
import { Payout, UNTOUCHED } from './payout.entity';
import { fellDue, payoutView } from './payout.messages';
import { InstalmentPayoutService } from './instalment-payout.service';

interface ReturnRow {
  readonly amountMinor: bigint;
  readonly settledAs: string | null;
}

/** Decides what becomes of money that came back: paid again under the same commitment, or given back to the budget. Once. */
@Injectable()
export class PayoutReturnService {
  constructor(
    private readonly outbox: Outbox,
    private readonly ledger: Ledger,
    private readonly plans: InstalmentPayoutService,
    private readonly clock: Clock,
  ) {}

  /** Answers the payout that pays it again. */
  @act(reissuePayout, {
    first: (self: PayoutReturnService, { payoutId }, { tx }) => self.plans.lockCommitmentOf(tx, payoutId),
    possible: (payout) => payout.assertCameBack(),
  })
  async reissue(
    payout: Payout,
    _: RequestOf<typeof reissuePayout>,
    { tx, call }: Act<undefined, void>,
  ): Promise<Payout> {
    const amountMinor = await this.settle(tx, payout, { as: 'REISSUED', call });
    const next = nextAttempt(payout, amountMinor, this.clock.now());
    await tx.insert(next);
    this.outbox.append(tx, fellDue(next));
    return next;
  }

  /** The instalment leaves the plan as well: a plan made anew does not owe it again. */
  @act(giveBackPayout, {
    first: (self: PayoutReturnService, { payoutId }, { tx }) => self.plans.lockCommitmentOf(tx, payoutId),
    possible: (payout) => payout.assertCameBack(),
  })
  async giveBack(
    payout: Payout,
    _: RequestOf<typeof giveBackPayout>,
    { tx, call }: Act<undefined, void>,
  ): Promise<void> {
    const amountMinor = await this.settle(tx, payout, { as: 'GIVEN_BACK', call });
    await withdrawFromPlan(tx, payout, amountMinor);
    await releaseYears(tx, payout.commitmentId, [{ year: payout.budgetYear, amountMinor }]);
  }

  view(payout: Payout): PayoutView {
    return payoutView(payout);
  }

  private async settle(
    tx: Tx,
    payout: Payout,
    { as, call }: { as: 'REISSUED' | 'GIVEN_BACK'; call: Call },
  ): Promise<bigint> {
    const [row] = await tx.query<ReturnRow>(
      'SELECT amount_minor, settled_as FROM payout_return WHERE payout_id = $1 FOR UPDATE',
      [payout.id],
    );
    if (!row || row.settledAs !== null) throw new AppError('FINANCE_PAYOUT_RETURN_SETTLED', { payoutId: payout.id });
    await tx.query('UPDATE payout_return SET settled_as = $2, settled_by = $3, settled_at = $4 WHERE payout_id = $1', [
      payout.id,
      as,
      call.caller.subject,
      this.clock.now(),
    ]);
    const { commitmentId, budgetYear: year } = payout;
    const notOwedMinor = as === 'REISSUED' ? await this.leaveNotOwed(tx, payout, row.amountMinor) : 0n;
    await returnToYear(tx, { commitmentId, year, amountMinor: row.amountMinor });
    if (notOwedMinor > 0n) await releaseYears(tx, commitmentId, [{ year, amountMinor: notOwedMinor }]);
    const { category } = payout;
    await this.ledger.post(tx, {
      fundId: payout.fundId,
      kind: as === 'REISSUED' ? 'PAYOUT_REISSUED' : 'PAYOUT_GIVEN_BACK',
      reference: payout.id,
      effectiveOn: this.clock.today(),
      correlationId: call.correlationId,
      lines:
        as === 'GIVEN_BACK'
          ? move(year, row.amountMinor, { from: 'returned', to: 'available', category })
          : [
              ...move(year, row.amountMinor - notOwedMinor, { from: 'returned', to: 'committed', category }),
              ...(notOwedMinor > 0n ? move(year, notOwedMinor, { from: 'returned', to: 'available', category }) : []),
            ],
    });
    return row.amountMinor - notOwedMinor;
  }

  /** What of it the plan does not owe any more leaves the plan instead of being paid again (BHO 34). */
  private async leaveNotOwed(tx: Tx, payout: Payout, amountMinor: bigint): Promise<bigint> {
    const plan = await currentPlan(tx, payout.commitmentId);
    const overpaidMinor = plan?.overpaid ? toMinor(plan.overpaid).amountMinor : 0n;
    if (overpaidMinor === 0n) return 0n;
    if (overpaidMinor >= amountMinor) throw new AppError('FINANCE_PAYOUT_NO_LONGER_OWED', { payoutId: payout.id });
    await withdrawFromPlan(tx, payout, overpaidMinor);
    return overpaidMinor;
  }
}

/** The same instalment once more, from its first check on. The reference tells it from a payment made twice. */
function nextAttempt(payout: Payout, amountMinor: bigint, createdAt: Date): Payout {
  const attempt = payout.attempt + 1;
  return Object.assign(new Payout(), payout, {
    id: newId(),
    version: 1,
    caseNumber: undefined,
    createdAt,
    reference: `${payout.reference.replace(/#\d+$/, '')}#${attempt}`,
    attempt,
    reissueOf: payout.id,
    amountMinor,
    status: 'DUE' as const,
    ...UNTOUCHED,
  });
}
