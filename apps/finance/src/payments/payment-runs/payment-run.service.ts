import { Injectable } from '@nestjs/common';
import { addDays, fieldError, type RequestOf } from '#contracts';
import { createPaymentRun, type PaymentRunView } from '#contracts/finance';
import type { Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { findFund, type Fund } from '../../budget/funds/fund.reader';
import { BankDays } from '../payment-rules/bank-days.reader';
import { paymentRulesOn } from '../payment-rules/payment-rules.reader';
import { PayoutPaymentService } from '../payouts/payout-payment.service';
import { type CompiledSchema, Iso20022Schemas } from '../iso20022/iso20022-schemas';
import { Pain001Writer, type Payment, type PaymentFile } from './pain001';
import { PayableControl } from './payable-control.service';
import { PayableService, paymentOf } from './payable.service';
import { PaymentRun } from './payment-run.entity';
import { paymentRunView } from './payment-run.messages';

type RunRequest = RequestOf<typeof createPaymentRun>;
type Item = Pick<Payment, 'endToEndId' | 'amountMinor'> & { readonly payoutId: string };

/** Payment runs: ordered payouts go into one bank file. A run of 10,000 has a few hundred of them in memory at a time. */
@Injectable()
export class PaymentRunService {
  constructor(
    private readonly commands: Commands,
    private readonly control: PayableControl,
    private readonly payables: PayableService,
    private readonly payouts: PayoutPaymentService,
    private readonly schemas: Iso20022Schemas,
    private readonly clock: Clock,
  ) {}

  @Handle(createPaymentRun)
  async create(request: RunRequest, call: Call): Promise<PaymentRunView> {
    const schema = await this.schemas.ready('pain.001.001.09');
    const cashier = call.caller.subject;
    await this.control.holdUnfit(request, { by: cashier, correlationId: call.correlationId });
    return this.commands.run(call, async (tx) => {
      const executionOn = await executionDay(tx, request.executionOn, this.clock.today());
      const run = this.newRun({ ...request, executionOn }, await findFund(tx, request.fundId), cashier);
      run.requestedOn = executionOn === request.executionOn ? null : request.executionOn;
      const { file, items } = await this.write(tx, run, { request: { ...request, executionOn }, schema });
      await store(tx, run, file);
      const payoutIds = items.map(({ payoutId }) => payoutId);
      await this.payouts.putInRun(tx, { paymentRunId: run.id, payoutIds, by: cashier });
      await storeItems(tx, run, items);
      return paymentRunView(run);
    });
  }

  private async write(
    tx: Tx,
    run: PaymentRun,
    { request, schema }: { request: RunRequest; schema: CompiledSchema },
  ): Promise<{ file: PaymentFile; items: Item[] }> {
    const { messageId, createdAt, executionOn, paymentType } = run;
    const debtor = { holder: run.accountHolder, iban: run.accountIban, bic: run.accountBic };
    const writer = new Pain001Writer({ messageId, createdAt, executionOn, paymentType, debtor }, (xml) =>
      schema.assertValid(xml),
    );
    const items: Item[] = [];
    for await (const payables of this.payables.lockInParts(tx, request, run.createdBy ?? '')) {
      const payments = payables.map(paymentOf);
      writer.add(payments);
      payables.forEach(({ payout: { id: payoutId } }, index) => {
        const payment = payments[index];
        if (payment) items.push({ payoutId, endToEndId: payment.endToEndId, amountMinor: payment.amountMinor });
      });
    }
    return { file: writer.close(), items };
  }

  /** Its totals and its file follow once the payouts are known. */
  private newRun(request: RunRequest, fund: Fund, cashier: string): PaymentRun {
    const id = request.id ?? newId();
    const messageId = id.replaceAll('-', '');
    return Object.assign(new PaymentRun(), {
      id,
      fundId: fund.id,
      paymentType: request.paymentType,
      executionOn: request.executionOn,
      requestedOn: null,
      status: 'CREATED' as const,
      accountHolder: fund.accountHolder,
      accountIban: fund.accountIban,
      accountBic: fund.accountBic,
      currency: fund.currency,
      messageId,
      fileName: `pain001-${request.executionOn}-${messageId}.xml`,
      statementReference: null,
      bookedOn: null,
      createdAt: this.clock.now(),
      createdBy: cashier,
      cancelledBy: null,
      cancelledAt: null,
      cancellationReason: null,
      debitSeenAt: null,
      namesUnconfirmed: 0,
    });
  }
}

/** The bank day on which a payment that is asked for a day is carried out. */
async function executionDay(tx: Tx, asked: string, today: string): Promise<string> {
  const last = addDays(today, (await paymentRulesOn(tx, today)).value('execution-days-ahead'));
  if (asked < today || asked > last) {
    const detail = `must be from ${today} to ${last}`;
    throw fieldError('FINANCE_PAYMENT_RUN_DAY_OUT_OF_RANGE', '#/executionOn', detail);
  }
  return (await BankDays.read(tx)).onOrAfter(asked);
}

async function store(tx: Tx, run: PaymentRun, { bytes, sha256, payments, totalMinor }: PaymentFile): Promise<void> {
  Object.assign(run, { fileSha256: sha256, fileSize: bytes.length, payoutCount: payments, totalMinor });
  await tx.insert(run);
  await tx.query('INSERT INTO payment_run_file (payment_run_id, sha256, bytes) VALUES ($1, $2, $3)', [
    run.id,
    sha256,
    bytes,
  ]);
}

async function storeItems(tx: Tx, run: PaymentRun, items: readonly Item[]): Promise<void> {
  await tx.query(
    `INSERT INTO payment_run_item (payment_run_id, payout_id, end_to_end_id, amount_minor)
     SELECT $1, payout_id, end_to_end_id, amount FROM unnest($2::uuid[], $3::text[], $4::bigint[])
       AS item (payout_id, end_to_end_id, amount)`,
    [
      run.id,
      items.map(({ payoutId }) => payoutId),
      items.map(({ endToEndId }) => endToEndId),
      items.map(({ amountMinor }) => amountMinor.toString()),
    ],
  );
}
