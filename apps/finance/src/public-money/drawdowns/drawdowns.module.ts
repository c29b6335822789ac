import { Module } from '@nestjs/common';
import { BankEntriesModule } from '../../bank/bank-entries/bank-entries.module';
import { PublicMoneyRulesModule } from '../public-money-rules/public-money-rules.module';
import { DrawdownUseService } from './drawdown-use.service';
import { DrawdownService } from './drawdown.service';

@Module({
  imports: [BankEntriesModule, PublicMoneyRulesModule],
  providers: [DrawdownService, DrawdownUseService],
})
export class DrawdownsModule {}
