import { Module } from '@nestjs/common';
import { PublicMoneyRulesModule } from '../public-money-rules/public-money-rules.module';
import { DrawdownUseService } from './drawdown-use.service';
import { DrawdownService } from './drawdown.service';

@Module({
  imports: [PublicMoneyRulesModule],
  providers: [DrawdownService, DrawdownUseService],
})
export class DrawdownsModule {}
