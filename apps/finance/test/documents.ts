import { createHash, randomUUID } from 'node:crypto';
import { type DocumentView, UPLOAD_PART_BYTES, type UploadReference } from '#contracts';
import { keepDocument, storeUploadPart } from '#contracts/finance';
import type { TestCaller, TestService } from '#testing';

/** A file in parts, and what names it. */
export async function uploaded(app: TestService, file: Buffer, as: TestCaller): Promise<UploadReference> {
  const id = randomUUID();
  const parts = Math.ceil(file.length / UPLOAD_PART_BYTES);
  for (let number = 1; number <= parts; number++) {
    const content = file.subarray((number - 1) * UPLOAD_PART_BYTES, number * UPLOAD_PART_BYTES).toString('base64');
    await app.rpc(storeUploadPart, { uploadId: id, number, content }, as);
  }
  return { id, parts, bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') };
}

/** A document as the gateway would give it in. */
export async function kept(
  app: TestService,
  file: Buffer,
  as: TestCaller,
  fileName = 'beleg.pdf',
): Promise<DocumentView> {
  return app.rpc(keepDocument, { fileName, upload: await uploaded(app, file, as) }, as);
}

/** A file that begins like a PDF, and is like no other. */
export function somePdf(bytes = 200): Buffer {
  return Buffer.from(`%PDF-1.7\n${randomUUID()}\n`.padEnd(bytes, 'x'), 'latin1');
}
