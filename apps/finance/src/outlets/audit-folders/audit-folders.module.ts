import { Module } from '@nestjs/common';
import { ExportsModule } from '../exports/exports.module';
import { AuditFolderService } from './audit-folder.service';
import { FolderComposer } from './folder-composer.service';

@Module({ imports: [ExportsModule], providers: [AuditFolderService, FolderComposer] })
export class AuditFoldersModule {}
