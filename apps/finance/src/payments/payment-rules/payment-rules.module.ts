import { Module } from '@nestjs/common';
import { PaymentRuleReader } from './payment-rule.reader';

@Module({ providers: [PaymentRuleReader] })
export class PaymentRulesModule {}
