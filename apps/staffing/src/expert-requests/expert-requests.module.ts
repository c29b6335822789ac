import { Module } from '@nestjs/common';
import { AssessmentService } from './assessment.service';
import { ExpertRequestReader } from './expert-request.reader';
import { ExpertRequestService } from './expert-request.service';
import { SignatureStore } from './signature.rows';
import { SubmissionService } from './submission.service';

@Module({
  providers: [ExpertRequestReader, ExpertRequestService, SubmissionService, AssessmentService, SignatureStore],
})
export class ExpertRequestsModule {}
