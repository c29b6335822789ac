import type { DocumentView } from '#contracts';
import { keepDocument } from '#contracts/finance';
import { sendFile } from './send-file';

/** Gives a document in at finance; what it is the service tells from its bytes. */
export function keepAtFinance(file: File, idempotencyKey: string): Promise<DocumentView> {
  const query = { fileName: file.name };
  return sendFile(keepDocument, file, { query, idempotencyKey, mediaType: 'application/octet-stream' });
}
