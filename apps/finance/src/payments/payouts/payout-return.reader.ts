import { Injectable } from '@nestjs/common';
import { type Page, type RequestOf, toMoney } from '#contracts';
import { listPayoutReturns, type PayoutDetail, type PayoutReturnView, type PayoutStatus } from '#contracts/finance';
import { Database, Filters } from '#database';
import { Handle, type ReadingLanguage } from '#platform';
import type { Payout } from './payout.entity';
import { accountWarning, isAccountAtFault, reasonText } from './return-reasons';

interface ReturnRow extends Pick<
  PayoutReturnView,
  'id' | 'fundId' | 'assignmentId' | 'purpose' | 'payeeId' | 'instalment'
> {
  readonly kind: PayoutReturnView['kind'];
  readonly paidMinor: bigint;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string | null;
  readonly occurredOn: string;
  readonly settledAs: 'REISSUED' | 'GIVEN_BACK' | null;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
}

/** Reads what came back of payouts, and what became of that money. */
@Injectable()
export class PayoutReturnReader {
  constructor(private readonly database: Database) {}

  @Handle(listPayoutReturns)
  list({ limit, cursor, ...filter }: RequestOf<typeof listPayoutReturns>): Promise<Page<PayoutReturnView>> {
    const filters = new Filters()
      .add('r.payout_id = ?', filter.payoutId)
      .add('r.fund_id = ?', filter.fundId)
      .add('(r.settled_as IS NOT NULL) = ?', filter.isSettled);
    return this.database.page<ReturnRow, PayoutReturnView>({
      select: `SELECT p.id, p.fund_id, p.assignment_id, p.purpose, p.payee_id, p.instalment, r.kind, p.amount_minor AS paid_minor,
        r.amount_minor, p.currency, r.reason, r.occurred_on, r.settled_as, r.settled_by, r.settled_at
        FROM payout_return r JOIN payout p ON p.id = r.payout_id`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'occurredOn', column: 'r.occurred_on', type: 'date' }],
      idColumn: 'p.id',
      limit,
      cursor,
      filterHash: { list: 'payout-returns', ...filter },
      items: (rows) => rows.map(payoutReturnView),
    });
  }
}

/** What the bank said of a payout, and what is to be seen before it is paid (again). */
export async function readBankReturn(
  source: Pick<Database, 'query'>,
  payout: Pick<Payout, 'id' | 'reissueOf' | 'payeeId' | 'status' | 'currency'>,
  language: ReadingLanguage,
): Promise<Pick<PayoutDetail, 'bankReturn' | 'warnings'>> {
  if (payout.reissueOf === null && payout.status !== 'REJECTED' && payout.status !== 'RETURNED') return NOTHING_SAID;
  const rows = await source.query<BankReturnRow>(
    `SELECT r.payout_id, r.kind, r.amount_minor, r.reason, r.occurred_on, r.settled_as, r.settled_by, r.settled_at,
       EXISTS (SELECT FROM bank_account_change c WHERE c.payee_id = $3 AND c.status = 'EFFECTIVE'
         AND c.effective_at >= r.occurred_on) AS is_account_changed
     FROM payout_return r WHERE r.payout_id IN ($1, $2)`,
    [payout.id, payout.reissueOf, payout.payeeId],
  );
  const own = rows.find(({ payoutId }) => payoutId === payout.id);
  const before = rows.find(({ payoutId }) => payoutId === payout.reissueOf);
  const decisive = own
    ? own.settledAs === null
      ? own
      : undefined
    : TO_BE_PAID.has(payout.status)
      ? before
      : undefined;
  const isWarned = decisive && !decisive.isAccountChanged && isAccountAtFault(decisive.reason);
  return {
    bankReturn: own ? bankReturnView(own, payout.currency, language) : null,
    warnings: isWarned ? [accountWarning(decisive.reason ?? '', language)] : [],
  };
}

const NOTHING_SAID = { bankReturn: null, warnings: [] };
/** From here on the bank decides. */
const TO_BE_PAID: ReadonlySet<PayoutStatus> = new Set([
  'DUE',
  'FACTUALLY_CHECKED',
  'ARITHMETICALLY_CHECKED',
  'ORDERED',
  'IN_RUN',
  'BLOCKED',
]);

interface BankReturnRow extends Pick<
  ReturnRow,
  'kind' | 'amountMinor' | 'reason' | 'occurredOn' | 'settledAs' | 'settledBy' | 'settledAt'
> {
  readonly payoutId: string;
  readonly isAccountChanged: boolean;
}

function bankReturnView(row: BankReturnRow, currency: string, language: ReadingLanguage): PayoutDetail['bankReturn'] {
  const { kind, reason, amountMinor, occurredOn } = row;
  return {
    kind,
    reason,
    reasonText: reasonText(reason, language),
    amount: toMoney(amountMinor, currency),
    occurredOn,
    settlement: settlementOf(row),
  };
}

function settlementOf({
  settledAs,
  settledBy,
  settledAt,
}: Pick<ReturnRow, 'settledAs' | 'settledBy' | 'settledAt'>): PayoutReturnView['settlement'] {
  const isSettled = settledAs !== null && settledBy !== null && settledAt !== null;
  return isSettled ? { as: settledAs, by: settledBy, at: settledAt.toISOString() } : null;
}

function payoutReturnView(row: ReturnRow): PayoutReturnView {
  const { paidMinor, amountMinor, currency, settledAs, settledBy, settledAt, ...view } = row;
  return {
    ...view,
    paid: toMoney(paidMinor, currency),
    amount: toMoney(amountMinor, currency),
    settlement: settlementOf({ settledAs, settledBy, settledAt }),
  };
}
