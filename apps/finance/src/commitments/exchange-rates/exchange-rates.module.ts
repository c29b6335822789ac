import { Module } from '@nestjs/common';
import { ExchangeRateRecordService } from './exchange-rate-record.service';
import { ExchangeRateService } from './exchange-rate.service';

@Module({
  providers: [ExchangeRateRecordService, ExchangeRateService],
  exports: [ExchangeRateRecordService, ExchangeRateService],
})
export class ExchangeRatesModule {}
