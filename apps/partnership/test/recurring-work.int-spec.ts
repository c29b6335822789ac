import { describeRecurringWork } from '#testing';
import { partnershipDataSource } from '../src/data-source';
import { PartnershipModule } from '../src/partnership.module';

describeRecurringWork({ module: PartnershipModule, dataSource: partnershipDataSource }, [
  'delete contacts without consent',
  'forget bytes without a document',
  'forget unused documents',
  'forget unused uploads',
  'publish what has changed',
]);
