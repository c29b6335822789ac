import { Module } from '@nestjs/common';
import { DocumentsModule as DocumentStoreModule } from '#documents';
import { UploadsModule } from '../uploads/uploads.module';
import { DocumentService } from './document.service';

@Module({ imports: [DocumentStoreModule, UploadsModule], providers: [DocumentService], exports: [DocumentStoreModule] })
export class DocumentsModule {}
