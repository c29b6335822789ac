import { Injectable } from '@nestjs/common';
import { type Page, type RequestOf, toMoney } from '#contracts';
import { listTransfers, type TransferView } from '#contracts/finance';
import { Database, Filters } from '#database';
import { Handle } from '#platform';
import { PaymentRun } from './payment-run.entity';

interface TransferRow extends Omit<TransferView, 'account' | 'amount' | 'parts'> {
  readonly accountHolder: string;
  readonly iban: string | null;
  readonly accountNumber: string | null;
  readonly bic: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
}

interface PartRow extends Omit<TransferView['parts'][number], 'amount'> {
  readonly transferId: string;
  readonly amountMinor: bigint;
}

/** Reads the payments of a run, each with its payouts. */
@Injectable()
export class TransferReader {
  constructor(private readonly database: Database) {}

  @Handle(listTransfers)
  async list({ paymentRunId, payoutId, limit, cursor }: RequestOf<typeof listTransfers>): Promise<Page<TransferView>> {
    await this.database.findOrFail(PaymentRun, paymentRunId);
    const filters = new Filters()
      .add('t.payment_run_id = ?', paymentRunId)
      .add('EXISTS (SELECT FROM payment_run_item i WHERE i.transfer_id = t.id AND i.payout_id = ?)', payoutId);
    return this.database.page<TransferRow, TransferView>({
      select: `SELECT t.id, t.payment_run_id, t.end_to_end_id, t.commitment_id, t.payee_id, t.account_holder, t.iban, t.account_number,
        t.bic, t.amount_minor, t.currency, t.purpose, t.creditor_reference FROM transfer t`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'endToEndId', column: 't.end_to_end_id', type: 'text' }],
      idColumn: 't.id',
      limit,
      cursor,
      filterHash: { list: 'transfers', paymentRunId, payoutId },
      items: async (rows) => {
        const parts = await this.parts(rows.map(({ id }) => id));
        return rows.map((row) => transferView(row, parts.get(row.id) ?? []));
      },
    });
  }

  private async parts(transferIds: readonly string[]): Promise<Map<string, PartRow[]>> {
    const rows = await this.database.query<PartRow>(
      `SELECT item.transfer_id, payout.id AS payout_id, payout.case_number, payout.category, payout.due_on, item.amount_minor, payout.status
       FROM payment_run_item item JOIN payout ON payout.id = item.payout_id
       WHERE item.transfer_id = ANY ($1::uuid[]) ORDER BY payout.due_on, payout.id`,
      [transferIds],
    );
    return Map.groupBy(rows, ({ transferId }) => transferId);
  }
}

function transferView(
  { accountHolder: holder, iban, accountNumber, bic, amountMinor, currency, ...row }: TransferRow,
  parts: readonly PartRow[],
): TransferView {
  return {
    ...row,
    account: { holder, iban, accountNumber, bic },
    amount: toMoney(amountMinor, currency),
    parts: parts.map(({ transferId: _transfer, amountMinor: part, ...rest }) => ({
      ...rest,
      amount: toMoney(part, currency),
    })),
  };
}
