import { Module } from '@nestjs/common';
import { PaymentRuleController } from './payment-rule.controller';

@Module({ controllers: [PaymentRuleController] })
export class PaymentRulesModule {}
