import { Module } from '@nestjs/common';
import { DocumentsModule } from '#documents';
import { UploadService } from './upload.service';

const stores = DocumentsModule.forService('finance', {
  incomplete: 'FINANCE_UPLOAD_INCOMPLETE',
  limitReached: 'FINANCE_UPLOAD_LIMIT_REACHED',
  partUnexpected: 'FINANCE_UPLOAD_PART_UNEXPECTED',
});

@Module({ imports: [stores], providers: [UploadService], exports: [stores] })
export class UploadsModule {}
