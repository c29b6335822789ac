import { Module } from '@nestjs/common';
import { DocumentsModule as DocumentStoreModule } from '#documents';
import { DocumentService } from './document.service';

const stores = DocumentStoreModule.forService('partnership', {
  incomplete: 'PARTNERSHIP_UPLOAD_INCOMPLETE',
  limitReached: 'PARTNERSHIP_UPLOAD_LIMIT_REACHED',
  partUnexpected: 'PARTNERSHIP_UPLOAD_PART_UNEXPECTED',
});

@Module({ imports: [stores], providers: [DocumentService], exports: [stores] })
export class DocumentsModule {}
