import { Module } from '@nestjs/common';
import { BaseRateService } from './base-rate.service';
import { PublicMoneyRuleReader } from './public-money-rule.reader';

@Module({ providers: [BaseRateService, PublicMoneyRuleReader], exports: [BaseRateService] })
export class PublicMoneyRulesModule {}
