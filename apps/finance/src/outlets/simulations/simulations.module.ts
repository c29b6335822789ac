import { Module } from '@nestjs/common';
import { FundsModule } from '../../budget/funds/funds.module';
import { CommitmentsModule } from '../../commitments/commitments/commitments.module';
import { CostPlansModule } from '../../commitments/cost-plans/cost-plans.module';
import { SimulationService } from './simulation.service';

@Module({ imports: [CommitmentsModule, CostPlansModule, FundsModule], providers: [SimulationService] })
export class SimulationsModule {}
