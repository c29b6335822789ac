import { Module } from '@nestjs/common';
import { DocumentsModule } from '../../files/documents/documents.module';
import { RepaymentClaimsModule } from '../repayment-claims/repayment-claims.module';
import { ExchangeRatesModule } from '../../commitments/exchange-rates/exchange-rates.module';
import { PayoutsModule } from '../../payments/payouts/payouts.module';
import { ProofOfUseReader } from './proof-of-use.reader';
import { ProofOfUseService } from './proof-of-use.service';
import { ProofContentService } from './proof-content.service';
import { ProvenUseReader } from './proven-use.reader';

@Module({
  imports: [DocumentsModule, RepaymentClaimsModule, ExchangeRatesModule, PayoutsModule],
  providers: [ProofOfUseReader, ProofOfUseService, ProofContentService, ProvenUseReader],
  exports: [ProvenUseReader],
})
export class ProofsOfUseModule {}
