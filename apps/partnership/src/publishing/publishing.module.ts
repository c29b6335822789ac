import { Module } from '@nestjs/common';
import { AssignmentsModule } from '../assignments/assignments.module';
import { ResultsModule } from '../results/results.module';
import { PortfolioReader } from './portfolio.reader';
import { PublicationReader } from './publication.reader';
import { PublicationService } from './publication.service';
import { PublishingConfig } from './publishing-config';

/** What the public may know of the fund, as files that anyone can check. */
@Module({
  imports: [AssignmentsModule, ResultsModule],
  providers: [
    { provide: PublishingConfig, useFactory: () => PublishingConfig.load() },
    PortfolioReader,
    PublicationReader,
    PublicationService,
  ],
})
export class PublishingModule {}
