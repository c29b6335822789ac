import { Module } from '@nestjs/common';
import { CommitmentsModule } from '../../commitments/commitments/commitments.module';
import { CostPlansModule } from '../../commitments/cost-plans/cost-plans.module';
import { SimulationService } from './simulation.service';

@Module({ imports: [CommitmentsModule, CostPlansModule], providers: [SimulationService] })
export class SimulationsModule {}
