import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { createPaymentRun, PaymentRunView, RequestOf } from '#contracts';
import type { Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import type { FundFacts } from '../funds/fund.service';
import { PayoutPaymentService } from '../payouts/payout-payment.service';
import { Iso20022Schemas } from '../iso20022/iso20022-schemas';
import { buildPain001 } from './pain001';
import { PayableControl } from './payable-control';
import { type Payable, PayableService, paymentOf } from './payable.service';
import { PaymentRun } from './payment-run.entity';
import { paymentRunView } from './payment-run.messages';

/** Payment runs: ordered payouts go into one bank file. */
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

  async create(request: RequestOf<typeof createPaymentRun>, call: Call): Promise<PaymentRunView> {
    const schema = await this.schemas.ready('pain.001.001.09');
    const cashier = call.caller.subject;
    await this.control.holdUnfit(request, { by: cashier, correlationId: call.correlationId });
    return this.commands.run(call, async (tx) => {
      const { fund, payables } = await this.payables.lock(tx, request, cashier);
      const run = this.runOf(request, fund, payables);
      const xml = fileOf(run, payables);
      schema.assertValid(xml);
      await store(tx, run, xml);
      const payoutIds = payables.map(({ payout }) => payout.id);
      await this.payouts.putInRun(tx, { paymentRunId: run.id, payoutIds, by: cashier });
      await storeItems(tx, run, payables);
      return paymentRunView(run);
    });
  }

  private runOf(
    request: RequestOf<typeof createPaymentRun>,
    fund: FundFacts,
    payables: readonly Payable[],
  ): PaymentRun {
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
}

function fileOf(run: PaymentRun, payables: readonly Payable[]): string {
  return buildPain001({
    messageId: run.messageId,
    createdAt: run.createdAt,
    executionOn: run.executionOn,
    paymentType: run.paymentType,
    debtor: { holder: run.accountHolder, iban: run.accountIban, bic: run.accountBic },
    payments: payables.map(paymentOf),
  });
}

async function store(tx: Tx, run: PaymentRun, xml: string): Promise<void> {
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

async function storeItems(tx: Tx, run: PaymentRun, payables: readonly Payable[]): Promise<void> {
  await tx.query(
    `INSERT INTO payment_run_item (payment_run_id, payout_id, end_to_end_id, amount_minor)
     SELECT $1, payout_id, end_to_end_id, amount FROM unnest($2::uuid[], $3::text[], $4::bigint[])
       AS item (payout_id, end_to_end_id, amount)`,
    [
      run.id,
      payables.map(({ payout }) => payout.id),
      payables.map((it) => paymentOf(it).endToEndId),
      payables.map(({ payout }) => payout.amountMinor.toString()),
    ],
  );
}
