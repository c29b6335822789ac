import { Controller } from '@nestjs/common';
import {
  type ExchangeRateView,
  getExchangeRate,
  importExchangeRates,
  listExchangeRates,
  type Page,
  type RecordedExchangeRateView,
  recordExchangeRate,
  type ReplyOf,
  type RequestOf,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { ExchangeRateRecordService } from './exchange-rate-record.service';
import { ExchangeRateService } from './exchange-rate.service';

@Controller()
export class ExchangeRateController {
  constructor(
    private readonly rates: ExchangeRateService,
    private readonly records: ExchangeRateRecordService,
  ) {}

  @Handle(listExchangeRates)
  list(request: RequestOf<typeof listExchangeRates>): Promise<Page<ExchangeRateView & { id: string }>> {
    return this.rates.list(request);
  }

  @Handle(getExchangeRate)
  get({ exchangeRateId }: RequestOf<typeof getExchangeRate>): Promise<RecordedExchangeRateView> {
    return this.records.get(exchangeRateId);
  }

  @Handle(recordExchangeRate)
  record(request: RequestOf<typeof recordExchangeRate>, call: Call): Promise<RecordedExchangeRateView> {
    return this.records.record(request, call);
  }

  @Handle(importExchangeRates)
  import(request: RequestOf<typeof importExchangeRates>, call: Call): Promise<ReplyOf<typeof importExchangeRates>> {
    return this.records.import(request, call);
  }
}
