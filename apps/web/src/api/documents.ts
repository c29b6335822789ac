import type { DocumentView } from '#contracts';
import { keepDocument } from '#contracts/finance';
import { keepPartnershipDocument } from '#contracts/partnership';
import { sendFile } from './send-file';

/** Any of the kinds that are kept: which one it is the service tells from the bytes. */
const mediaType = 'application/octet-stream';

export function keepAtFinance(file: File, idempotencyKey: string): Promise<DocumentView> {
  return sendFile(keepDocument, file, { query: { fileName: file.name }, idempotencyKey, mediaType });
}

export function keepAtPartnership(file: File, idempotencyKey: string): Promise<DocumentView> {
  return sendFile(keepPartnershipDocument, file, { query: { fileName: file.name }, idempotencyKey, mediaType });
}
