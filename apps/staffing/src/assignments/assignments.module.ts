import { Module } from '@nestjs/common';
import { EligibilityModule } from '../eligibility/eligibility.module';
import { AssignmentChangeService } from './assignment-change.service';
import { AssignmentCorrectionService } from './assignment-correction.service';
import { AssignmentEligibilityService } from './assignment-eligibility.service';
import { AssignmentReader } from './assignment.reader';
import { AssignmentService } from './assignment.service';
import { ExpertConsentService } from './expert-consent.service';
import { FundCoverConsumer } from './fund-cover.consumer';
import { PaymentConsumer } from './payment.consumer';
import { PlanningRulesService } from './planning-rules.service';
import { ReportsModule } from '../reports/reports.module';
import { PlanningService } from './planning.service';

@Module({
  imports: [EligibilityModule, ReportsModule],
  providers: [
    AssignmentChangeService,
    AssignmentCorrectionService,
    AssignmentEligibilityService,
    AssignmentReader,
    AssignmentService,
    ExpertConsentService,
    PlanningRulesService,
    PlanningService,
    FundCoverConsumer,
    PaymentConsumer,
  ],
})
export class AssignmentsModule {}
