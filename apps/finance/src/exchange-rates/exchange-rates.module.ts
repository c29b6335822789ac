import { Module } from '@nestjs/common';
import { ExchangeRateRecordService } from './exchange-rate-record.service';
import { ExchangeRateController } from './exchange-rate.controller';
import { ExchangeRateService } from './exchange-rate.service';

@Module({
  controllers: [ExchangeRateController],
  providers: [ExchangeRateRecordService, ExchangeRateService],
  exports: [ExchangeRateRecordService, ExchangeRateService],
})
export class ExchangeRatesModule {}
