export { documentConfigSchema } from './document-config';
export { type CheckedFile, documentName, DocumentStore, documentView } from './document-store';
export { Document } from './document.entity';
export { documentsMigrations } from './documents.migration';
export { DocumentsModule } from './documents.module';
