import { Controller } from '@nestjs/common';
import {
  bookPaymentRun,
  cancelPaymentRun,
  createPaymentRun,
  getPaymentRun,
  getPaymentRunFile,
  listPaymentRuns,
  type Page,
  type PaymentRunView,
  type ReplyOf,
  type RequestOf,
  sendPaymentRun,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { PaymentRunExecutionService } from './payment-run-execution.service';
import { PaymentRunReader } from './payment-run.reader';
import { PaymentRunService } from './payment-run.service';

@Controller()
export class PaymentRunController {
  constructor(
    private readonly runs: PaymentRunService,
    private readonly execution: PaymentRunExecutionService,
    private readonly reader: PaymentRunReader,
  ) {}

  @Handle(createPaymentRun)
  create(request: RequestOf<typeof createPaymentRun>, call: Call): Promise<PaymentRunView> {
    return this.runs.create(request, call);
  }

  @Handle(getPaymentRun)
  get({ paymentRunId }: RequestOf<typeof getPaymentRun>): Promise<PaymentRunView> {
    return this.reader.get(paymentRunId);
  }

  @Handle(listPaymentRuns)
  list(request: RequestOf<typeof listPaymentRuns>): Promise<Page<PaymentRunView>> {
    return this.reader.list(request);
  }

  @Handle(getPaymentRunFile)
  file(request: RequestOf<typeof getPaymentRunFile>): Promise<ReplyOf<typeof getPaymentRunFile>> {
    return this.reader.file(request);
  }

  @Handle(sendPaymentRun)
  send({ paymentRunId }: RequestOf<typeof sendPaymentRun>, call: Call): Promise<PaymentRunView> {
    return this.execution.send(paymentRunId, call);
  }

  @Handle(cancelPaymentRun)
  cancel(request: RequestOf<typeof cancelPaymentRun>, call: Call): Promise<PaymentRunView> {
    return this.execution.cancel(request, call);
  }

  @Handle(bookPaymentRun)
  book(request: RequestOf<typeof bookPaymentRun>, call: Call): Promise<PaymentRunView> {
    return this.execution.book(request, call);
  }
}
