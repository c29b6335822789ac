import { Module } from '@nestjs/common';
import { InstrumentRuleController } from './instrument-rule.controller';

@Module({ controllers: [InstrumentRuleController] })
export class InstrumentRulesModule {}
