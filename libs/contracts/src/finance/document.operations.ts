import { z } from 'zod';
import { DOCUMENT_BYTES_MAX, DOCUMENT_MEDIA_TYPES, documentFile, DocumentView } from '../document';
import { operation } from '../operation';
import { grant } from '../roles';
import { UploadReference } from '../upload';
import { Id, Line } from '../values';
import { FINANCE_READERS_OR_OWN } from './commitment.operations';
import { storeUploadPart } from './upload.operations';

export const keepDocument = operation({
  subject: 'rpc.finance.document.keep',
  http: {
    method: 'POST',
    path: '/documents',
    success: 201,
    location: '/documents/{id}',
    upload: {
      mediaTypes: [...DOCUMENT_MEDIA_TYPES, 'text/xml', 'application/octet-stream'],
      query: ['fileName'],
      bytesMax: DOCUMENT_BYTES_MAX,
      parts: storeUploadPart.subject,
    },
  },
  summary: 'Keep a document: a receipt, an invoice',
  description:
    'The file as the body with fileName in the query. PDF, XML, JPEG and PNG, told from the bytes whatever name and Content-Type say; scanned for malware where the installation has a scanner. The same bytes are stored once. What no receipt, invoice or claim names within a day is forgotten.',
  request: z.strictObject({
    fileName: Line(200),
    upload: UploadReference.refine(({ bytes }) => bytes <= DOCUMENT_BYTES_MAX, `at most ${DOCUMENT_BYTES_MAX} bytes`),
  }),
  reply: DocumentView,
  errors: [
    'PLATFORM_DOCUMENT_TYPE_NOT_ALLOWED',
    'PLATFORM_DOCUMENT_INFECTED',
    'PLATFORM_DOCUMENT_SCANNER_AWAY',
    'PLATFORM_DOCUMENT_STORE_AWAY',
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
