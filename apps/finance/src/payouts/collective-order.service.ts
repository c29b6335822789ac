import { Injectable } from '@nestjs/common';
import { AppError, type orderPayouts, type ReplyOf, type RequestOf, toMoney } from '#contracts';
import { Database, entityColumns, type Tx } from '#database';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { Ledger, type LedgerLine, move } from '../ledger/ledger';
import { boundPayees, drawOnCommitments, lockPayouts, signOrder, sumOf, writeOrders } from './order-rows';
import { Payout } from './payout.entity';
import { ordered } from './payout.messages';

/** Orders many payouts with one act, by the rules of a single order, with as many statements for 500 as for one. */
@Injectable()
export class CollectiveOrderService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  order(request: RequestOf<typeof orderPayouts>, call: Call): Promise<ReplyOf<typeof orderPayouts>> {
    return this.commands.run(call, async (tx) => {
      const payouts = await this.lock(tx, request.payouts);
      const payees = await boundPayees(tx, payouts);
      const signing = { by: call.caller.subject, at: this.clock.now(), today: this.clock.today() };
      const done = payouts.filter((payout) => signOrder(payout, payees, signing));
      await writeOrders(tx, payouts);
      await drawOnCommitments(tx, done);
      await this.post(tx, done, call);
      for (const payout of done) {
        this.outbox.append(tx, ordered(payout));
      }
      const totals = Map.groupBy(done, (payout) => payout.currency);
      return {
        ordered: done.length,
        waitingForSecondSignature: payouts.length - done.length,
        totals: [...totals].map(([currency, of]) => toMoney(sumOf(of), currency)),
      };
    });
  }

  private async lock(tx: Tx, wanted: RequestOf<typeof orderPayouts>['payouts']): Promise<Payout[]> {
    const versions = new Map(wanted.map((it) => [it.payoutId, it.version]));
    const locked = await lockPayouts(tx, entityColumns(this.database, Payout, 'p'), [...versions.keys()]);
    if (locked.size !== versions.size) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const payouts = [...locked.values()];
    // As with a single order the state decides before the version.
    for (const payout of payouts) payout.assertCanBecome('ORDERED');
    const stale = payouts.find(({ id, version }) => version !== versions.get(id));
    if (stale) throw new AppError('PLATFORM_VERSION_STALE', { payoutId: stale.id, currentVersion: stale.version });
    return payouts;
  }

  /** One entry per fund: the journal names the act, the payouts name who ordered them and when. */
  private async post(tx: Tx, done: readonly Payout[], call: Call): Promise<void> {
    const act = newId();
    const funds = Map.groupBy(done, (payout) => payout.fundId);
    const entries = [...funds].map(([fundId, payouts]) => ({
      fundId,
      kind: 'PAYOUT_ORDERED' as const,
      reference: `${act}:${fundId}`,
      effectiveOn: this.clock.today(),
      correlationId: call.correlationId,
      lines: linesOf(payouts),
    }));
    await this.ledger.postAll(tx, entries);
  }
}

/** committed -> payable, for each budget year and category. */
function linesOf(payouts: readonly Payout[]): LedgerLine[] {
  const groups = Map.groupBy(payouts, (payout) => `${payout.budgetYear} ${payout.category}`);
  return [...groups.values()].flatMap((group) =>
    group[0]
      ? move(group[0].budgetYear, sumOf(group), { from: 'committed', to: 'payable', category: group[0].category })
      : [],
  );
}
