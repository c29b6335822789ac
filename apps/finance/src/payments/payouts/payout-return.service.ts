import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf, toMinor } from '#contracts';
import { giveBackPayout, type PayoutView, reissuePayout } from '#contracts/finance';
import type { Tx } from '#database';
import { type Act, Outbox } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { changeSetAside, currentPlan, withdrawFromPlan } from '../../commitments/commitments/commitment-plan.service';
import { releaseYears, returnToYear } from '../../commitments/commitments/commitment-years.service';
import { setAsideMinor } from '../../commitments/cost-plans/plan-line';
import { ExchangeRateService } from '../../commitments/exchange-rates/exchange-rate.service';
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
    private readonly rates: ExchangeRateService,
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
    const again =
      payout.instructedCurrency === null
        ? { amountMinor: await this.settle(tx, payout, { as: 'REISSUED', call }) }
        : await this.promiseAgain(tx, payout, payout.instructedCurrency, call);
    const next = nextAttempt(payout, again, this.clock.now());
    await tx.insert(next);
    this.outbox.append(tx, fellDue(next));
    return next;
  }

  /** The instalment leaves the plan as well: a plan made anew does not owe it again. */
  @act(giveBackPayout, {
    first: (self: PayoutReturnService, { payoutId }, { tx }) => self.plans.lockCommitmentOf(tx, payoutId),
    possible: (payout) => payout.assertCameBack(),
    possibleAround: async (_self, payout, source) => {
      await readCameBack(source, payout);
    },
  })
  async giveBack(
    payout: Payout,
    _: RequestOf<typeof giveBackPayout>,
    { tx, call }: Act<undefined, void>,
  ): Promise<void> {
    const amountMinor = await this.settle(tx, payout, { as: 'GIVEN_BACK', call });
    await withdrawFromPlan(tx, payout, { amountMinor, localMinor: payout.instructedMinor ?? undefined });
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
    const { cameBackMinor: amountMinor, notOwedMinor } =
      as === 'REISSUED'
        ? await owedOf(tx, payout)
        : { cameBackMinor: await readCameBack(tx, payout), notOwedMinor: 0n };
    await this.keepSettled(tx, payout, as, call);
    const { commitmentId, budgetYear: year } = payout;
    // What the plan does not owe any more leaves the plan instead of being paid again (BHO 34).
    if (notOwedMinor > 0n) await withdrawFromPlan(tx, payout, { amountMinor: notOwedMinor });
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

  /**
   * What is still owed of a promise in another currency is promised again, whole: what a bank kept on the way is the fund's loss. It
   * takes EUR by the rate of the day, with the reserve of the plan; what came back is taken first, then free money of the year, and
   * what it does not take is free. FINANCE_LEDGER_NOT_COVERED where the year does not hold it.
   */
  private async promiseAgain(tx: Tx, payout: Payout, currency: string, call: Call): Promise<Again> {
    const { instructedMinor: promisedMinor, commitmentId, budgetYear: year, category, fundId } = payout;
    const { cameBackMinor: backMinor, notOwedMinor } = await owedOf(tx, payout);
    const instructedMinor = (promisedMinor ?? 0n) - notOwedMinor;
    const today = this.clock.today();
    const { rate } = await this.rates.rateOn(tx, currency, today);
    const reservePercent = (await currentPlan(tx, commitmentId))?.local?.reservePercent ?? 0;
    const amountMinor = setAsideMinor(instructedMinor, { currency, rate, reservePercent });
    await this.keepSettled(tx, payout, 'REISSUED', call);
    if (notOwedMinor > 0n) await withdrawFromPlan(tx, payout, { amountMinor: 0n, localMinor: notOwedMinor });
    await returnToYear(tx, { commitmentId, year, amountMinor: backMinor });
    await changeSetAside(tx, payout, amountMinor - backMinor);
    const takenMinor = amountMinor < backMinor ? amountMinor : backMinor;
    await this.ledger.post(tx, {
      fundId,
      kind: 'PAYOUT_REISSUED',
      reference: payout.id,
      effectiveOn: today,
      correlationId: call.correlationId,
      lines: [
        ...move(year, takenMinor, { from: 'returned', to: 'committed', category }),
        ...(backMinor > takenMinor
          ? move(year, backMinor - takenMinor, { from: 'returned', to: 'available', category })
          : []),
        ...(amountMinor > takenMinor
          ? move(year, amountMinor - takenMinor, { from: 'available', to: 'committed', category })
          : []),
      ],
    });
    return { amountMinor, instructedMinor, setAsideRate: rate };
  }

  private async keepSettled(tx: Tx, { id }: Payout, as: 'REISSUED' | 'GIVEN_BACK', { caller }: Call): Promise<void> {
    await tx.query('UPDATE payout_return SET settled_as = $2, settled_by = $3, settled_at = $4 WHERE payout_id = $1', [
      id,
      as,
      caller.subject,
      this.clock.now(),
    ]);
  }
}

/** What another attempt pays. */
type Again = Pick<Payout, 'amountMinor'> & Partial<Pick<Payout, 'instructedMinor' | 'setAsideRate'>>;

type Source = Pick<Tx, 'query'>;

/** FINANCE_PAYOUT_RETURN_SETTLED unless what came back of it was not decided on; its row changes under the lock of the payout alone. */
async function readCameBack(source: Source, payout: Payout): Promise<bigint> {
  const [row] = await source.query<ReturnRow>(
    'SELECT amount_minor, settled_as FROM payout_return WHERE payout_id = $1',
    [payout.id],
  );
  if (!row || row.settledAs !== null) throw new AppError('FINANCE_PAYOUT_RETURN_SETTLED', { payoutId: payout.id });
  return row.amountMinor;
}

/**
 * What came back, and how much of it, or of what was promised in another currency, the plan does not owe any more;
 * FINANCE_PAYOUT_NO_LONGER_OWED where that is all of it.
 */
async function owedOf(source: Source, payout: Payout): Promise<{ cameBackMinor: bigint; notOwedMinor: bigint }> {
  const cameBackMinor = await readCameBack(source, payout);
  const plan = await currentPlan(source, payout.commitmentId);
  const notOwedMinor = plan?.overpaid ? toMinor(plan.overpaid).amountMinor : 0n;
  if (notOwedMinor >= (payout.instructedMinor ?? cameBackMinor)) {
    throw new AppError('FINANCE_PAYOUT_NO_LONGER_OWED', { payoutId: payout.id });
  }
  return { cameBackMinor, notOwedMinor };
}

/** The same instalment once more, from its first check on. The reference tells it from a payment made twice. */
function nextAttempt(payout: Payout, again: Again, createdAt: Date): Payout {
  const attempt = payout.attempt + 1;
  return Object.assign(new Payout(), payout, {
    id: newId(),
    version: 1,
    caseNumber: undefined,
    createdAt,
    reference: `${payout.reference.replace(/#\d+$/, '')}#${attempt}`,
    attempt,
    reissueOf: payout.id,
    ...again,
    status: 'DUE' as const,
    ...UNTOUCHED,
  });
}
