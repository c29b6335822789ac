import { Module } from '@nestjs/common';
import { ExchangeRateProposalService } from './exchange-rate-proposal.service';
import { ExchangeRateRecordService } from './exchange-rate-record.service';
import { ExchangeRateService } from './exchange-rate.service';

@Module({
  providers: [ExchangeRateProposalService, ExchangeRateRecordService, ExchangeRateService],
  exports: [ExchangeRateRecordService, ExchangeRateService],
})
export class ExchangeRatesModule {}
