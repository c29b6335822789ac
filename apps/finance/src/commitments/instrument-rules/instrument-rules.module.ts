import { Module } from '@nestjs/common';
import { InstrumentRuleReader } from './instrument-rule.reader';

@Module({ providers: [InstrumentRuleReader] })
export class InstrumentRulesModule {}
