import { Module } from '@nestjs/common';
import { UploadsModule } from '../uploads/uploads.module';
import { DocumentService } from './document.service';

@Module({ imports: [UploadsModule], providers: [DocumentService], exports: [UploadsModule] })
export class DocumentsModule {}
