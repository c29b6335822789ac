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
    possibleAround: async (_self, payout, source) => {
      await owedOf(source, payout);
    },
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
    possibleAround: async (_self, payout, source) => {
      await cameBackMinor(source, payout);
    },
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
    const { amountMinor, notOwedMinor } =
      as === 'REISSUED' ? await owedOf(tx, payout) : { amountMinor: await cameBackMinor(tx, payout), notOwedMinor: 0n };
    await tx.query('UPDATE payout_return SET settled_as = $2, settled_by = $3, settled_at = $4 WHERE payout_id = $1', [
      payout.id,
      as,
      call.caller.subject,
      this.clock.now(),
    ]);
    const { commitmentId, budgetYear: year } = payout;
    // What the plan does not owe any more leaves the plan instead of being paid again (BHO 34).
    if (notOwedMinor > 0n) await withdrawFromPlan(tx, payout, notOwedMinor);
    await returnToYear(tx, { commitmentId, year, amountMinor });
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
          ? move(year, amountMinor, { from: 'returned', to: 'available', category })
          : [
              ...move(year, amountMinor - notOwedMinor, { from: 'returned', to: 'committed', category }),
              ...(notOwedMinor > 0n ? move(year, notOwedMinor, { from: 'returned', to: 'available', category }) : []),
            ],
    });
    return amountMinor - notOwedMinor;
  }
}

type Source = Pick<Tx, 'query'>;

/** FINANCE_PAYOUT_RETURN_SETTLED unless what came back of it was not decided on; its row changes under the lock of the payout alone. */
async function cameBackMinor(source: Source, payout: Payout): Promise<bigint> {
  const [row] = await source.query<ReturnRow>(
    'SELECT amount_minor, settled_as FROM payout_return WHERE payout_id = $1',
    [payout.id],
  );
  if (!row || row.settledAs !== null) throw new AppError('FINANCE_PAYOUT_RETURN_SETTLED', { payoutId: payout.id });
  return row.amountMinor;
}

/** What came back, and how much of it the plan does not owe any more; FINANCE_PAYOUT_NO_LONGER_OWED where that is all of it. */
async function owedOf(source: Source, payout: Payout): Promise<{ amountMinor: bigint; notOwedMinor: bigint }> {
  const amountMinor = await cameBackMinor(source, payout);
  const plan = await currentPlan(source, payout.commitmentId);
  const notOwedMinor = plan?.overpaid ? toMinor(plan.overpaid).amountMinor : 0n;
  if (notOwedMinor >= amountMinor) throw new AppError('FINANCE_PAYOUT_NO_LONGER_OWED', { payoutId: payout.id });
  return { amountMinor, notOwedMinor };
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
