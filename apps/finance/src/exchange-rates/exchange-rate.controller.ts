import { Controller } from '@nestjs/common';
import { type ExchangeRateView, listExchangeRates, type Page, type RequestOf } from '#contracts';
import { Handle } from '#platform';
import { ExchangeRateService } from './exchange-rate.service';

@Controller()
export class ExchangeRateController {
  constructor(private readonly rates: ExchangeRateService) {}

  @Handle(listExchangeRates)
  list(request: RequestOf<typeof listExchangeRates>): Promise<Page<ExchangeRateView & { id: string }>> {
    return this.rates.list(request);
  }
}
