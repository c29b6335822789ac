import { Injectable } from '@nestjs/common';
import { AppError, type orderPayouts, type ReplyOf, type RequestOf, toMoney } from '#contracts';
import { Database, type Tx } from '#database';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { type Columns, entityColumns } from '../entity-columns';
import { Ledger, move } from '../ledger/ledger';
import { signaturesFor } from '../payment-rules/payment-rule';
import { type BoundPayee, orderHash } from './order-binding';
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
      const payees = await this.payeesOf(tx, payouts);
      const done = payouts.filter((payout) => {
        const payee = payees.get(payout.payeeId ?? '');
        if (!payee) throw new AppError('FINANCE_PAYOUT_BLOCKED', { payoutId: payout.id, reason: 'PAYEE_MISSING' });
        const signatures = signaturesFor(payout.amountMinor, this.clock.today());
        return payout.order(call.caller.subject, this.clock.now(), { hash: orderHash(payout, payee), signatures });
      });
      await write(tx, payouts);
      await draw(tx, done);
      await this.post(tx, done, call);
      for (const payout of done) {
        payout.version += 1;
        this.outbox.append(tx, ordered(payout));
      }
      const totals = Map.groupBy(done, (payout) => payout.currency);
      return {
        ordered: done.length,
        waitingForSecondSignature: payouts.length - done.length,
        totals: [...totals].map(([currency, of]) => toMoney(sum(of), currency)),
      };
    });
  }

  private async lock(tx: Tx, wanted: RequestOf<typeof orderPayouts>['payouts']): Promise<Payout[]> {
    const versions = new Map(wanted.map((it) => [it.payoutId, it.version]));
    const rows = await tx.query<Columns<Payout>>(
      `SELECT ${entityColumns(this.database, Payout, 'p')} FROM payout p WHERE p.id = ANY ($1::uuid[]) ORDER BY p.id FOR UPDATE`,
      [[...versions.keys()]],
    );
    if (rows.length !== versions.size) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const payouts = rows.map((row) => Object.assign(new Payout(), row));
    // As with a single order the state decides before the version.
    for (const payout of payouts) payout.assertCanBecome('ORDERED');
    const stale = payouts.find(({ id, version }) => version !== versions.get(id));
    if (stale) throw new AppError('PLATFORM_VERSION_STALE', { payoutId: stale.id, currentVersion: stale.version });
    return payouts;
  }

  private async payeesOf(tx: Tx, payouts: readonly Payout[]): Promise<Map<string, BoundPayee>> {
    const rows = await tx.query<BoundPayee>(BOUND_PAYEES, [[...new Set(payouts.map((payout) => payout.payeeId))]]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** One entry per fund: the journal names the act, the payouts name who ordered them and when. */
  private async post(tx: Tx, done: readonly Payout[], call: Call): Promise<void> {
    const act = newId();
    const funds = Map.groupBy(done, (payout) => payout.fundId);
    for (const fundId of [...funds.keys()].sort()) {
      const groups = Map.groupBy(funds.get(fundId) ?? [], (payout) => `${payout.budgetYear} ${payout.category}`);
      await this.ledger.post(tx, {
        fundId,
        kind: 'PAYOUT_ORDERED',
        reference: `${act}:${fundId}`,
        effectiveOn: this.clock.today(),
        correlationId: call.correlationId,
        lines: [...groups.values()].flatMap((group) =>
          group[0]
            ? move(group[0].budgetYear, sum(group), { from: 'committed', to: 'payable', category: group[0].category })
            : [],
        ),
      });
    }
  }
}

async function write(tx: Tx, payouts: readonly Payout[]): Promise<void> {
  await tx.query(
    `UPDATE payout p SET version = p.version + 1, status = o.status, ordered_by = o.ordered_by, ordered_at = o.ordered_at,
       second_ordered_by = o.second_ordered_by, second_ordered_at = o.second_ordered_at, order_signatures = o.signatures,
       order_number = o.number, order_hash = o.hash
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::timestamptz[], $7::int[], $8::int[], $9::text[])
       AS o (id, status, ordered_by, ordered_at, second_ordered_by, second_ordered_at, signatures, number, hash)
     WHERE p.id = o.id`,
    [
      payouts.map((it) => it.id),
      payouts.map((it) => it.status),
      payouts.map((it) => it.orderedBy),
      payouts.map((it) => it.orderedAt),
      payouts.map((it) => it.secondOrderedBy),
      payouts.map((it) => it.secondOrderedAt),
      payouts.map((it) => it.orderSignatures),
      payouts.map((it) => it.orderNumber),
      payouts.map((it) => it.orderHash),
    ],
  );
}

// In one order for everyone; the table's CHECK keeps each commitment from drawing more than it bound.
async function draw(tx: Tx, done: readonly Payout[]): Promise<void> {
  const groups = [...Map.groupBy(done, (payout) => `${payout.commitmentId} ${payout.budgetYear}`).values()];
  await tx.query(
    `WITH wanted AS (
       SELECT * FROM unnest($1::uuid[], $2::int[], $3::bigint[]) AS w (commitment_id, year, amount)
     ), locked AS MATERIALIZED (
       SELECT y.commitment_id, y.year FROM commitment_year y JOIN wanted w USING (commitment_id, year)
       ORDER BY y.commitment_id, y.year FOR UPDATE OF y
     )
     UPDATE commitment_year y SET ordered_minor = y.ordered_minor + w.amount FROM wanted w JOIN locked USING (commitment_id, year)
     WHERE y.commitment_id = w.commitment_id AND y.year = w.year`,
    [
      groups.map((group) => group[0]?.commitmentId),
      groups.map((group) => group[0]?.budgetYear),
      groups.map((group) => sum(group).toString()),
    ],
  );
}

function sum(payouts: readonly Payout[]): bigint {
  return payouts.reduce((total, payout) => total + payout.amountMinor, 0n);
}

const BOUND_PAYEES = `
SELECT id, name, street, building_number AS "buildingNumber", post_code AS "postCode", town, country, iban,
  account_number AS "accountNumber", bic, account_holder AS "accountHolder", account_currency AS "accountCurrency"
FROM payee WHERE id = ANY ($1::uuid[])`;
