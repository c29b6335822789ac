import { Module } from '@nestjs/common';
import { BaseRateService } from './base-rate.service';
import { PublicMoneyRuleController } from './public-money-rule.controller';

@Module({ controllers: [PublicMoneyRuleController], providers: [BaseRateService], exports: [BaseRateService] })
export class PublicMoneyRulesModule {}
