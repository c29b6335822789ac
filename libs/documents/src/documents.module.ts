import { type DynamicModule, Module } from '@nestjs/common';
import type { ServiceName } from '#contracts';
import { loadConfig } from '#platform';
import { DocumentConfig, documentConfigSchema } from './document-config';
import { DocumentIntake } from './document-intake';
import { DocumentScanner } from './document-scanner';
import { DocumentStore } from './document-store';
import { ObjectStore } from './object-store';
import { UploadRefusals, UploadStore } from './upload-store';

/**
 * Gives a service a place for documents in its own schema, and one for the parts in which files come. Its data source takes
 * `Document`, its migrations make the tables (`DOCUMENT_TABLES`, `DOCUMENTS_ELSEWHERE`, `UPLOAD_TABLE`), and a class of its own answers its operations.
 */
@Module({})
export class DocumentsModule {
  static forService(service: ServiceName, refusals: UploadRefusals): DynamicModule {
    return {
      module: DocumentsModule,
      providers: [
        { provide: DocumentConfig, useFactory: () => new DocumentConfig(loadConfig(documentConfigSchema)) },
        { provide: UploadRefusals, useValue: new UploadRefusals(refusals) },
        {
          provide: ObjectStore,
          useFactory: (config: DocumentConfig) => new ObjectStore(config, service),
          inject: [DocumentConfig],
        },
        DocumentScanner,
        DocumentStore,
        UploadStore,
        DocumentIntake,
      ],
      exports: [DocumentStore, UploadStore, DocumentIntake],
    };
  }
}
