import { Module } from '@nestjs/common';
import { PublicMoneyRulesModule } from '../public-money-rules/public-money-rules.module';
import { ClaimController } from './claim.controller';
import { ClaimReader } from './claim.reader';
import { ClaimService } from './claim.service';

@Module({
  imports: [PublicMoneyRulesModule],
  controllers: [ClaimController],
  providers: [ClaimReader, ClaimService],
  exports: [ClaimService],
})
export class ClaimsModule {}
