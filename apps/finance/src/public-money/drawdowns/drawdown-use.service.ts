import { Injectable } from '@nestjs/common';
import { type RequestOf, toMoney } from '#contracts';
import { type DrawdownUseView, getDrawdownUse, type SpendingPlace, USES_SHOWN } from '#contracts/finance';
import { Database } from '#database';
import { Clock, Handle } from '#platform';
import { SepaArea } from '../../payments/payees/sepa-area.reader';
import { BaseRateService } from '../public-money-rules/base-rate.service';
import type { Principal } from '../public-money-rules/interest';
import { Drawdown } from './drawdown.entity';
import { allocateFirstInFirstOut, type Lot, type Spending, type Use } from './first-in-first-out';

interface LotRow extends Omit<Lot, 'deadlineOn'> {
  readonly place: SpendingPlace;
  readonly deadlineOn: string | null;
}

interface SpendingRow extends Spending {
  /** Of the account that was paid to, as it was in the payment run. */
  readonly accountCountry: string;
}

type PlacedSpending = Spending & { readonly place: SpendingPlace };

/** A part of the drawdown with the payments that used it. */
interface PartUse {
  readonly lot: LotRow;
  readonly uses: readonly Use[];
  readonly unspentMinor: bigint;
  readonly lateMinor: bigint;
}

/** Says what received money was spent on, what is late, and what that costs in interest. Only reads; nothing is stored. */
@Injectable()
export class DrawdownUseService {
  constructor(
    private readonly database: Database,
    private readonly baseRates: BaseRateService,
    private readonly clock: Clock,
  ) {}

  @Handle(getDrawdownUse)
  async use({ drawdownId, asOf }: RequestOf<typeof getDrawdownUse>): Promise<DrawdownUseView> {
    const day = asOf ?? this.clock.today();
    const drawdown = await this.database.findOrFail(Drawdown, drawdownId);
    const { fundId, currency, ruleSet } = drawdown;
    const lots = await this.database.query<LotRow>(LOTS, [fundId, drawdownId, day]);
    const spendings = await this.database.query<SpendingRow>(SPENDINGS, [fundId, day]);
    const area = await SepaArea.read(this.database);
    const used = spendings.map((spending) => ({ ...spending, place: placeOf(spending, area) }));
    const parts = lots.filter(({ id }) => id === drawdownId).map((lot) => partUse(lot, { lots, used, asOf: day }));
    const principals = parts.flatMap((part) => principalsOf(part, day));
    const lateMinor = parts.reduce((total, part) => total + part.lateMinor, 0n);
    const on = drawdown.receivedOn ?? day;
    return {
      drawdownId,
      asOf: day,
      parts: parts.map((part) => partView(part, currency)),
      late: toMoney(lateMinor, currency),
      interest: await this.baseRates.interest(principals, { ruleSet, on, currency }),
    };
  }
}

function partUse(
  lot: LotRow,
  { lots, used, asOf }: { lots: readonly LotRow[]; used: readonly PlacedSpending[]; asOf: string },
): PartUse {
  const received = lots.filter((it): it is LotRow & Lot => it.place === lot.place && it.deadlineOn !== null);
  const paid = used.filter(({ place }) => place === lot.place);
  const uses = allocateFirstInFirstOut(received, paid).filter(({ lotId }) => lotId === lot.id);
  const unspentMinor = lot.amountMinor - sum(uses);
  const isOver = lot.deadlineOn !== null && asOf > lot.deadlineOn;
  return { lot, uses, unspentMinor, lateMinor: isOver ? unspentMinor : 0n };
}

/** What was not spent in time, from receipt until it was spent; what is still unspent, until the day asked for. */
function principalsOf({ lot, uses, lateMinor }: PartUse, asOf: string): Principal[] {
  const from = lot.receivedOn;
  const late = uses
    .filter(({ isLate }) => isLate)
    .map(({ amountMinor, spentOn }) => ({ amountMinor, from, to: spentOn }));
  return lateMinor > 0n ? [...late, { amountMinor: lateMinor, from, to: asOf }] : late;
}

/** Money is spent where the account lies that it was paid to, by the SEPA table of that day. */
function placeOf({ accountCountry, spentOn }: SpendingRow, area: SepaArea): SpendingPlace {
  return area.has(accountCountry, spentOn) ? 'SEPA' : 'NON_SEPA';
}

function partView({ lot, uses, unspentMinor, lateMinor }: PartUse, currency: string): DrawdownUseView['parts'][number] {
  return {
    place: lot.place,
    amount: toMoney(lot.amountMinor, currency),
    deadlineOn: lot.deadlineOn,
    spent: toMoney(lot.amountMinor - unspentMinor, currency),
    unspent: toMoney(unspentMinor, currency),
    late: toMoney(lateMinor, currency),
    spentLate: toMoney(sum(uses.filter(({ isLate }) => isLate)), currency),
    uses: uses.slice(0, USES_SHOWN).map(({ spendingId, spentOn, amountMinor, isLate }) => ({
      payoutId: spendingId,
      spentOn,
      amount: toMoney(amountMinor, currency),
      isLate,
    })),
  };
}

function sum(uses: readonly Use[]): bigint {
  return uses.reduce((total, { amountMinor }) => total + amountMinor, 0n);
}

// Money received by the day, and the parts of the drawdown asked for in any case.
const LOTS = `
SELECT drawdown.id, part.place, part.amount_minor, drawdown.received_on,
  CASE WHEN drawdown.received_on <= $3 THEN part.deadline_on END AS deadline_on
FROM drawdown JOIN drawdown_part part ON part.drawdown_id = drawdown.id
WHERE drawdown.fund_id = $1 AND (drawdown.received_on <= $3 OR drawdown.id = $2)
ORDER BY drawdown.received_on, drawdown.id, part.place DESC`;

// A payment that came back was spent until that day; what the banks kept of it stays spent.
const SPENDINGS = `
SELECT payout.id, payout.booked_on AS spent_on, payout.amount_minor - coalesce(back.amount_minor, 0) AS amount_minor,
  item.account_country
FROM payout
JOIN payment_run_item item ON item.payout_id = payout.id AND item.payment_run_id = payout.payment_run_id
LEFT JOIN payout_return back ON back.payout_id = payout.id AND back.kind = 'RETURNED' AND back.occurred_on <= $2
WHERE payout.fund_id = $1 AND payout.status IN ('BOOKED', 'RETURNED') AND payout.booked_on <= $2
  AND payout.amount_minor > coalesce(back.amount_minor, 0)
ORDER BY payout.booked_on, payout.id`;
