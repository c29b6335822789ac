import { Module } from '@nestjs/common';
import { ExchangeRateController } from './exchange-rate.controller';
import { ExchangeRateService } from './exchange-rate.service';

@Module({ controllers: [ExchangeRateController], providers: [ExchangeRateService], exports: [ExchangeRateService] })
export class ExchangeRatesModule {}
