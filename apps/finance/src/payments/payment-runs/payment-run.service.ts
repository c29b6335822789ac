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
import { Pain001Writer, type PaymentFile } from './pain001';
import { PayableControl } from './payable-control.service';
import { PayableService } from './payable.service';
import { PaymentRun } from './payment-run.entity';
import { paymentRunView } from './payment-run.messages';
import { type Transfer, type TransferPart, transfersOf } from './transfer';
import { insertTransfers } from './transfer.rows';

type RunRequest = RequestOf<typeof createPaymentRun>;

/** So many payments are written and checked at a time. */
const WRITTEN_AT_ONCE = 500;

/** Payment runs: ordered payouts go into one bank file. Of a run of 10,000 what stands in the file is in memory, the rest for a few hundred at a time. */
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
      const parts: TransferPart[] = [];
      for await (const some of this.payables.lockInParts(tx, { ...request, executionOn }, cashier)) parts.push(...some);
      const transfers = transfersOf(parts);
      run.payoutCount = parts.length;
      await store(tx, run, this.write(run, transfers, schema));
      const payoutIds = parts.map(({ payoutId }) => payoutId);
      await this.payouts.putInRun(tx, { paymentRunId: run.id, payoutIds, by: cashier });
      await insertTransfers(tx, run.id, transfers);
      return paymentRunView(run);
    });
  }

  private write(run: PaymentRun, transfers: readonly Transfer[], schema: CompiledSchema): PaymentFile {
    const { messageId, createdAt, executionOn, paymentType } = run;
    const debtor = { holder: run.accountHolder, iban: run.accountIban, bic: run.accountBic };
    const currency = transfers[0]?.payment.instructed?.currency ?? run.currency;
    run.instructedCurrency = currency === run.currency ? null : currency;
    const writer = new Pain001Writer({ messageId, createdAt, executionOn, paymentType, currency, debtor }, (xml) =>
      schema.assertValid(xml),
    );
    for (let start = 0; start < transfers.length; start += WRITTEN_AT_ONCE) {
      writer.add(transfers.slice(start, start + WRITTEN_AT_ONCE).map(({ payment }) => payment));
    }
    return writer.close();
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
      instructedMinor: null,
      instructedCurrency: null,
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

async function store(tx: Tx, run: PaymentRun, { bytes, sha256, payments, ...totals }: PaymentFile): Promise<void> {
  const { totalMinor } = totals;
  const instructedMinor = run.instructedCurrency === null ? null : totals.instructedMinor;
  Object.assign(run, {
    fileSha256: sha256,
    fileSize: bytes.length,
    transferCount: payments,
    totalMinor,
    instructedMinor,
  });
  await tx.insert(run);
  await tx.query('INSERT INTO payment_run_file (payment_run_id, sha256, bytes) VALUES ($1, $2, $3)', [
    run.id,
    sha256,
    bytes,
  ]);
}
