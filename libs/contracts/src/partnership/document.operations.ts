import { z } from 'zod';
import { documentToKeep, documentUpload, DocumentView } from '../document';
import { operation } from '../operation';
import { uploadPart } from '../upload';
import { Id } from '../values';
import { WRITE_PARTNERSHIPS } from './municipality.operations';

export const storePartnershipUploadPart = operation({
  ...uploadPart,
  subject: 'rpc.partnership.upload.store-part',
  http: { method: 'POST', path: '/partnership-uploads/{uploadId}/parts' },
  errors: ['PARTNERSHIP_UPLOAD_LIMIT_REACHED', 'PARTNERSHIP_UPLOAD_PART_UNEXPECTED'],
  allow: WRITE_PARTNERSHIPS,
});

export const keepPartnershipDocument = operation({
  subject: 'rpc.partnership.document.keep',
  http: {
    method: 'POST',
    path: '/partnership-documents',
    success: 201,
    location: '/partnership-documents/{id}',
    upload: { ...documentUpload, parts: storePartnershipUploadPart.subject },
  },
  summary: 'Keep a document: a signed agreement, a resolution of a council',
  description:
    'The file as the body with fileName in the query. PDF, XML, JPEG and PNG, told from the bytes whatever name and Content-Type say; scanned for malware where the installation has a scanner. The same bytes are stored once. What no agreement names within a day is forgotten.',
  request: documentToKeep.request,
  reply: documentToKeep.reply,
  errors: [
    ...documentToKeep.errors,
    'PARTNERSHIP_UPLOAD_INCOMPLETE',
    'PARTNERSHIP_UPLOAD_LIMIT_REACHED',
    'PARTNERSHIP_UPLOAD_PART_UNEXPECTED',
  ],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'required',
  deadlineMs: 15_000,
});

export const getPartnershipDocument = operation({
  subject: 'rpc.partnership.document.get',
  http: { method: 'GET', path: '/partnership-documents/{documentId}' },
  summary: 'Read what is known of a document that was given in for a partnership',
  description: 'For those who give documents in. The file is read with the agreement that it belongs to.',
  request: z.strictObject({ documentId: Id }),
  reply: DocumentView,
  allow: WRITE_PARTNERSHIPS,
});
