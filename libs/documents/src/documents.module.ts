import { Module } from '@nestjs/common';
import { loadConfig } from '#platform';
import { DocumentConfig, documentConfigSchema } from './document-config';
import { DocumentScanner } from './document-scanner';
import { DocumentStore } from './document-store';
import { ObjectStore } from './object-store';

/** Gives a service a place for documents in its own schema; its data source takes `Document` and `documentsMigrations`. */
@Module({
  providers: [
    { provide: DocumentConfig, useFactory: () => new DocumentConfig(loadConfig(documentConfigSchema)) },
    DocumentScanner,
    DocumentStore,
    ObjectStore,
  ],
  exports: [DocumentStore],
})
export class DocumentsModule {}
