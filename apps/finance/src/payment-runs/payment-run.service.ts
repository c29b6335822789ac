import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AppError,
  type bookPaymentRun,
  type createPaymentRun,
  type getPaymentRunFile,
  type listPaymentRuns,
  type Page,
  type PaymentRunView,
  type ReplyOf,
  type RequestOf,
} from '#contracts';
import { Database, type Tx } from '#database';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { type Columns, entityColumns } from '../entity-columns';
import { Filters } from '../filters';
import { Fund } from '../funds/fund.entity';
import { Ledger, move } from '../ledger/ledger';
import { Payout } from '../payouts/payout.entity';
import { booked, sent } from '../payouts/payout.messages';
import { buildPain001 } from './pain001';
import { Pain001Schema } from './pain001-schema';
import { lockPayable, type Payable, paymentOf } from './payable-payouts';
import { PaymentRun } from './payment-run.entity';
import { paymentRunView } from './payment-run.messages';

type PaidPayout = Columns<Payout> & { endToEndId: string };

/** Payment runs: ordered payouts go into one bank file, to the bank, and are booked when the statement shows them. */
@Injectable()
export class PaymentRunService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly ledger: Ledger,
    private readonly schema: Pain001Schema,
    private readonly clock: Clock,
  ) {}

  async create(request: RequestOf<typeof createPaymentRun>, call: Call): Promise<PaymentRunView> {
    const schema = await this.schema.ready();
    return this.commands.run(call, async (tx) => {
      const fund = await tx.findOrFail(Fund, request.fundId);
      const payables = await lockPayable(this.database, tx, request, call.caller.subject);
      const run = this.runOf(request, fund, payables);
      const xml = buildPain001({
        messageId: run.messageId,
        createdAt: run.createdAt,
        executionOn: run.executionOn,
        paymentType: run.paymentType,
        debtor: { holder: run.accountHolder, iban: run.accountIban, bic: run.accountBic },
        payments: payables.map(paymentOf),
      });
      schema.assertValid(xml);
      await this.store(tx, run, xml);
      await this.putInRun(tx, run, payables, call.caller.subject);
      return paymentRunView(run);
    });
  }

  /** The file went to the bank: from here it is never sent again by itself. */
  send(paymentRunId: string, call: Call): Promise<PaymentRunView> {
    return this.commands.run(call, async (tx) => {
      const run = await tx.lockOrFail(PaymentRun, paymentRunId, call.expectedVersion);
      run.send();
      const payouts = await this.movePayouts(tx, run, { from: 'IN_RUN', to: 'SENT' });
      for (const payout of payouts) {
        this.outbox.append(tx, sent(payout, { paymentRunId, endToEndId: payout.endToEndId }));
      }
      await tx.update(run);
      return paymentRunView(run);
    });
  }

  book(
    { paymentRunId, bookedOn, statementReference }: RequestOf<typeof bookPaymentRun>,
    call: Call,
  ): Promise<PaymentRunView> {
    return this.commands.run(call, async (tx) => {
      const run = await tx.lockOrFail(PaymentRun, paymentRunId, call.expectedVersion);
      run.book(bookedOn, statementReference);
      const booking = { by: call.caller.subject, at: this.clock.now(), on: bookedOn };
      const payouts = await this.movePayouts(tx, run, { from: 'SENT', to: 'BOOKED', booking });
      await this.ledger.post(tx, {
        fundId: run.fundId,
        kind: 'PAYMENT_BOOKED',
        reference: run.id,
        effectiveOn: bookedOn,
        correlationId: call.correlationId,
        lines: paidLines(payouts),
      });
      for (const payout of payouts) {
        this.outbox.append(tx, booked(payout, { paymentRunId, endToEndId: payout.endToEndId, bookedOn }));
      }
      await tx.update(run);
      return paymentRunView(run);
    });
  }

  async get(paymentRunId: string): Promise<PaymentRunView> {
    return paymentRunView(await this.database.findOrFail(PaymentRun, paymentRunId));
  }

  async file(paymentRunId: string): Promise<ReplyOf<typeof getPaymentRunFile>> {
    const [row] = await this.database.query<{ fileName: string; bytes: Buffer }>(
      `SELECT run.file_name AS "fileName", file.bytes FROM payment_run run
       JOIN payment_run_file file ON file.payment_run_id = run.id WHERE run.id = $1`,
      [paymentRunId],
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return { mediaType: 'application/xml', fileName: row.fileName, body: row.bytes.toString('utf8') };
  }

  async list({ limit, cursor, ...filter }: RequestOf<typeof listPaymentRuns>): Promise<Page<PaymentRunView>> {
    const filters = new Filters().add('run.fund_id = ?', filter.fundId).add('run.status = ANY (?)', filter.status);
    const page = await this.database.page<Columns<PaymentRun>>({
      select: `SELECT ${entityColumns(this.database, PaymentRun, 'run')} FROM payment_run run`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'createdAt', column: 'run.created_at', type: 'timestamptz', descending: true }],
      idColumn: 'run.id',
      limit,
      cursor,
      filterHash: { list: 'payment-runs', ...filter },
    });
    return { ...page, items: page.items.map(paymentRunView) };
  }

  private runOf(request: RequestOf<typeof createPaymentRun>, fund: Fund, payables: readonly Payable[]): PaymentRun {
    const id = request.id ?? newId();
    const messageId = id.replaceAll('-', '');
    return Object.assign(new PaymentRun(), {
      id,
      fundId: fund.id,
      paymentType: request.paymentType,
      executionOn: request.executionOn,
      status: 'CREATED' as const,
      accountHolder: fund.accountHolder,
      accountIban: fund.accountIban,
      accountBic: fund.accountBic,
      payoutCount: payables.length,
      totalMinor: payables.reduce((total, { payout }) => total + payout.amountMinor, 0n),
      currency: fund.currency,
      messageId,
      fileName: `pain001-${request.executionOn}-${messageId}.xml`,
      statementReference: null,
      bookedOn: null,
      createdAt: this.clock.now(),
    });
  }

  private async store(tx: Tx, run: PaymentRun, xml: string): Promise<void> {
    const bytes = Buffer.from(xml, 'utf8');
    run.fileSha256 = createHash('sha256').update(bytes).digest('hex');
    run.fileSize = bytes.length;
    await tx.insert(run);
    await tx.query('INSERT INTO payment_run_file (payment_run_id, sha256, bytes) VALUES ($1, $2, $3)', [
      run.id,
      run.fileSha256,
      bytes,
    ]);
  }

  private async putInRun(tx: Tx, run: PaymentRun, payables: readonly Payable[], cashier: string): Promise<void> {
    const ids = payables.map(({ payout }) => payout.id);
    await tx.query(
      `UPDATE payout SET status = 'IN_RUN', payment_run_id = $2, paid_by = $3, paid_at = $4, version = version + 1
       WHERE id = ANY ($1)`,
      [ids, run.id, cashier, this.clock.now()],
    );
    await tx.query(
      `INSERT INTO payment_run_item (payment_run_id, payout_id, end_to_end_id, amount_minor)
       SELECT $1, payout_id, end_to_end_id, amount FROM unnest($2::uuid[], $3::text[], $4::bigint[])
         AS item (payout_id, end_to_end_id, amount)`,
      [
        run.id,
        ids,
        payables.map((it) => paymentOf(it).endToEndId),
        payables.map(({ payout }) => payout.amountMinor.toString()),
      ],
    );
  }

  private movePayouts(
    tx: Tx,
    run: PaymentRun,
    step: { from: string; to: string; booking?: { by: string; at: Date; on: string } },
  ): Promise<PaidPayout[]> {
    return tx.query<PaidPayout>(
      `UPDATE payout p SET status = $3, version = p.version + 1, booked_by = $4, booked_at = $5, booked_on = $6
       FROM payment_run_item item
       WHERE item.payment_run_id = $1 AND item.payout_id = p.id AND p.payment_run_id = $1 AND p.status = $2
       RETURNING ${entityColumns(this.database, Payout, 'p')}, item.end_to_end_id AS "endToEndId"`,
      [run.id, step.from, step.to, step.booking?.by ?? null, step.booking?.at ?? null, step.booking?.on ?? null],
    );
  }
}

function paidLines(payouts: readonly PaidPayout[]) {
  const byYear = new Map<number, bigint>();
  for (const { budgetYear, amountMinor } of payouts)
    byYear.set(budgetYear, (byYear.get(budgetYear) ?? 0n) + amountMinor);
  return [...byYear].flatMap(([year, amountMinor]) => move(year, amountMinor, { from: 'payable', to: 'paid' }));
}
