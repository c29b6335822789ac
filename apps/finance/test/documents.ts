import type { DocumentView, UploadReference } from '#contracts';
import { getDocumentFile, keepDocument, storeUploadPart } from '#contracts/finance';
import { storedInParts, type TestCaller, type TestService } from '#testing';

/** A file in parts, and what names it. */
export function uploaded(app: TestService, file: Buffer, as: TestCaller): Promise<UploadReference> {
  return storedInParts(app, storeUploadPart, file, as);
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

/** The bytes of a document, as they come out in parts. */
export async function fileOf(app: TestService, documentId: string, as: TestCaller): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const request = { documentId, offset };
    const part: { body: string; nextOffset: number | null } = await app.rpc(getDocumentFile, request, as);
    parts.push(Buffer.from(part.body, 'base64'));
    offset = part.nextOffset;
  }
  return Buffer.concat(parts);
}
