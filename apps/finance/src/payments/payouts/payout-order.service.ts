import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, type ReplyOf, type RequestOf, toMoney } from '#contracts';
import { orderPayout, orderPayouts, type PayoutView } from '#contracts/finance';
import type { Tx } from '#database';
import { type CommandGroup, Commands, orRefusal, Outbox } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { Ledger, type LedgerEntry, moveByCategory } from '../../budget/ledger/ledger.service';
import { paymentRulesOn } from '../payment-rules/payment-rules.reader';
import {
  boundPayees,
  drawOnCommitments,
  lockPayouts,
  orderReference,
  signOrder,
  sumOf,
  writeOrders,
} from './order.rows';
import { ExchangeRateService } from '../../commitments/exchange-rates/exchange-rate.service';
import { readOrderRates } from './order-rate.reader';
import { act } from './payout.act';
import { Payout } from './payout.entity';
import { ordered, payoutView } from './payout.messages';

/** What one person orders with one act: a single payout, or many of them. */
interface Order {
  readonly payouts: readonly { readonly payoutId: string; readonly version: number | undefined }[];
  readonly call: Call;
}

interface Signed {
  readonly payouts: readonly Payout[];
  /** Those whose last signature it was: they are ordered now. */
  readonly done: readonly Payout[];
}

/**
 * Orders payouts, one or many with one act, by the same rules and with as many statements for 500 as for one. With the last signature
 * the money leaves the commitment's open part and the stage `committed`.
 */
@Injectable()
export class PayoutOrderService {
  // All orders of a fund move the same two accounts: those that come side by side share the wait for them.
  private readonly ordering: CommandGroup<string, PayoutView>;

  constructor(
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly ledger: Ledger,
    private readonly rates: ExchangeRateService,
    private readonly clock: Clock,
  ) {
    this.ordering = commands.group((tx, items) => {
      const orders = items.map(({ input: payoutId, call }) => ({
        payouts: [{ payoutId, version: call.expectedVersion }],
        call,
      }));
      return this.signAll(tx, orders, replyOfOne);
    });
  }

  @Handle(orderPayout)
  @act.listed(orderPayout, { possible: (payout, { caller }) => payout.assertCanBecome('ORDERED', caller.subject) })
  order({ payoutId }: RequestOf<typeof orderPayout>, call: Call): Promise<PayoutView> {
    return this.ordering.join(call, payoutId);
  }

  @Handle(orderPayouts)
  orderMany(request: RequestOf<typeof orderPayouts>, call: Call): Promise<ReplyOf<typeof orderPayouts>> {
    return this.commands.run(call, async (tx) => {
      const [signed] = await this.signAll(tx, [{ payouts: request.payouts, call }], (it) => it);
      assert(signed, 'one order has no outcome');
      if (signed instanceof AppError) throw signed;
      const { payouts, done } = signed;
      for (const payout of done) this.outbox.append(tx, ordered(payout));
      const totals = Map.groupBy(done, (payout) => payout.currency);
      return {
        ordered: done.length,
        waitingForSecondSignature: payouts.length - done.length,
        totals: [...totals].map(([currency, of]) => toMoney(sumOf(of), currency)),
      };
    });
  }

  /**
   * Each order is answered as it stands then: another person may sign the same payout right after. What is refused leaves the
   * other orders as they are; an order of many that is refused takes its transaction with it.
   */
  private async signAll<T>(tx: Tx, orders: readonly Order[], answer: (signed: Signed) => T): Promise<(T | AppError)[]> {
    const ids = new Set(orders.flatMap(({ payouts }) => payouts.map((it) => it.payoutId)));
    const payouts = await lockPayouts(tx, [...ids]);
    const payees = await boundPayees(tx, payouts.values());
    const today = this.clock.today();
    const secondFromMinor = (await paymentRulesOn(tx, today)).value('second-signature-from');
    const assertRate = await readOrderRates(tx, payouts.values(), { rates: this.rates, today });
    const at = this.clock.now();
    const signed: (Signed & { readonly call: Call })[] = [];
    const outcomes = await Promise.all(
      orders.map((order) =>
        orRefusal(() => {
          const found = assertPossible(payouts, order);
          found.forEach(assertRate);
          const signing = { by: order.call.caller.subject, at, secondFromMinor };
          const done = found.filter((payout) => signOrder(payout, payees, signing));
          signed.push({ payouts: found, done, call: order.call });
          return answer({ payouts: found, done });
        }),
      ),
    );
    const done = signed.flatMap((it) => it.done);
    await writeOrders(tx, [...new Set(signed.flatMap((it) => it.payouts))]);
    await drawOnCommitments(tx, done);
    await this.ledger.postAll(
      tx,
      signed.flatMap((it) => orderEntries(it.done, it.call, today)),
    );
    return outcomes;
  }
}

/** As with every act the state decides before the version. */
function assertPossible(payouts: ReadonlyMap<string, Payout>, { payouts: wanted, call }: Order): Payout[] {
  const versions = new Map(wanted.map((it) => [it.payoutId, it.version]));
  const found = [...payouts.values()].filter(({ id }) => versions.has(id));
  if (found.length !== versions.size) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
  for (const payout of found) payout.assertCanBecome('ORDERED', call.caller.subject);
  const stale = found.find(({ id, version }) => version !== (versions.get(id) ?? version));
  if (stale) throw new AppError('PLATFORM_VERSION_STALE', { payoutId: stale.id, currentVersion: stale.version });
  return found;
}

function replyOfOne({ payouts: [payout], done }: Signed) {
  assert(payout, 'an order of one signed nothing');
  return { reply: payoutView(payout), messages: done.map(ordered) };
}

/** One entry per fund: the journal names the act, the payouts name who ordered them and when. */
function orderEntries(done: readonly Payout[], call: Call, today: string): LedgerEntry[] {
  const actId = newId();
  const [single, ...others] = done;
  return [...Map.groupBy(done, (payout) => payout.fundId)].map(([fundId, payouts]) => ({
    fundId,
    kind: 'PAYOUT_ORDERED' as const,
    reference: single && others.length === 0 ? orderReference(single) : `${actId}:${fundId}`,
    effectiveOn: today,
    correlationId: call.correlationId,
    bookedBy: call.caller.subject,
    lines: moveByCategory(payouts, { from: 'committed', to: 'payable' }),
  }));
}
