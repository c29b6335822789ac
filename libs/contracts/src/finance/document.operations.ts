import { z } from 'zod';
import { documentFile, documentToKeep, documentUpload, DocumentView } from '../document';
import { operation } from '../operation';
import { grant } from '../roles';
import { Id } from '../values';
import { FINANCE_READERS_OR_OWN } from './commitment.operations';
import { storeUploadPart } from './upload.operations';

export const keepDocument = operation({
  subject: 'rpc.finance.document.keep',
  http: {
    method: 'POST',
    path: '/documents',
    success: 201,
    location: '/documents/{id}',
    upload: { ...documentUpload, parts: storeUploadPart.subject },
  },
  summary: 'Keep a document: a receipt, an invoice',
  description:
    'The file as the body with fileName in the query. PDF, XML, JPEG and PNG, told from the bytes whatever name and Content-Type say; scanned for malware where the installation has a scanner. The same bytes are stored once. What no receipt, invoice or claim names within a day is forgotten.',
  request: documentToKeep.request,
  reply: documentToKeep.reply,
  errors: [
    ...documentToKeep.errors,
    'FINANCE_UPLOAD_INCOMPLETE',
    'FINANCE_UPLOAD_LIMIT_REACHED',
    'FINANCE_UPLOAD_PART_UNEXPECTED',
  ],
  allow: grant('any', 'programme-officer', 'finance-officer', 'municipality-partner', 'expert'),
  idempotency: 'required',
  deadlineMs: 15_000,
});

export const getDocument = operation({
  subject: 'rpc.finance.document.get',
  http: { method: 'GET', path: '/documents/{documentId}' },
  summary: 'Read what is known of a document',
  description: 'Municipalities and experts see what they themselves, or somebody of their municipality, gave in.',
  request: z.strictObject({ documentId: Id }),
  reply: DocumentView,
  allow: FINANCE_READERS_OR_OWN,
});

export const getDocumentFile = operation({
  subject: 'rpc.finance.document.get-file',
  http: { method: 'GET', path: '/documents/{documentId}/file', file: 'application/octet-stream' },
  summary: 'The file of a document, byte for byte',
  description: 'With the media type that its bytes have. Municipalities and experts get what is theirs.',
  request: z.strictObject({ documentId: Id, ...documentFile.request }),
  reply: documentFile.reply,
  errors: ['PLATFORM_DOCUMENT_STORE_AWAY'],
  allow: FINANCE_READERS_OR_OWN,
});
