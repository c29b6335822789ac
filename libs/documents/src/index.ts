export { documentConfigSchema } from './document-config';
export { DocumentIntake } from './document-intake';
export { type CheckedFile, documentName, DocumentStore, documentView } from './document-store';
export { Document } from './document.entity';
export { DOCUMENT_TABLES, DOCUMENTS_ELSEWHERE, documentsMigrations, UPLOAD_TABLE } from './documents.migration';
export { DocumentsModule } from './documents.module';
export { UploadStore } from './upload-store';
