import { Module } from '@nestjs/common';
import { EligibilityModule } from '../eligibility/eligibility.module';
import { AssessmentService } from './assessment.service';
import { AssessmentStore } from './assessment.rows';
import { ExpertRequestReader } from './expert-request.reader';
import { ExpertRequestService } from './expert-request.service';
import { SelectionConfig } from './selection-config';
import { SignatureStore } from './signature.rows';
import { SubmissionService } from './submission.service';

@Module({
  imports: [EligibilityModule],
  providers: [
    { provide: SelectionConfig, useFactory: () => SelectionConfig.load() },
    ExpertRequestReader,
    ExpertRequestService,
    SubmissionService,
    AssessmentService,
    AssessmentStore,
    SignatureStore,
  ],
})
export class ExpertRequestsModule {}
