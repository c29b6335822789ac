import type { DocumentView, UploadReference } from '#contracts';
import { keepDocument, storeUploadPart } from '#contracts/finance';
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
