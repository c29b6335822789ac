import { Module } from '@nestjs/common';
import { ClaimsModule } from '../claims/claims.module';
import { ExchangeRatesModule } from '../exchange-rates/exchange-rates.module';
import { PayoutsModule } from '../payouts/payouts.module';
import { ProofOfUseController } from './proof-of-use.controller';
import { ProofOfUseReader } from './proof-of-use.reader';
import { ProofOfUseService } from './proof-of-use.service';
import { SubmissionService } from './submission.service';

@Module({
  imports: [ClaimsModule, ExchangeRatesModule, PayoutsModule],
  controllers: [ProofOfUseController],
  providers: [ProofOfUseReader, ProofOfUseService, SubmissionService],
})
export class ProofsOfUseModule {}
