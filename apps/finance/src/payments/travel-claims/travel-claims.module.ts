import { Module } from '@nestjs/common';
import { ExchangeRatesModule } from '../../commitments/exchange-rates/exchange-rates.module';
import { DocumentsModule } from '../../files/documents/documents.module';
import { PayeesModule } from '../payees/payees.module';
import { PayoutsModule } from '../payouts/payouts.module';
import { TravelCalculationService } from './travel-calculation.service';
import { TravelClaimReader } from './travel-claim.reader';
import { TravelClaimService } from './travel-claim.service';

@Module({
  imports: [DocumentsModule, ExchangeRatesModule, PayeesModule, PayoutsModule],
  providers: [TravelCalculationService, TravelClaimReader, TravelClaimService],
})
export class TravelClaimsModule {}
