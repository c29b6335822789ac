import { Injectable } from '@nestjs/common';
import type { DocumentToKeep, DocumentView } from '#contracts';
import { Commands } from '#messaging';
import type { Call } from '#platform';
import { DocumentStore, documentView } from './document-store';
import { UploadStore } from './upload-store';

/** Makes a document of a file that came in parts: whole, looked at, and kept. Refused as UploadStore and DocumentStore refuse. */
@Injectable()
export class DocumentIntake {
  constructor(
    private readonly commands: Commands,
    private readonly uploads: UploadStore,
    private readonly documents: DocumentStore,
  ) {}

  keep({ fileName, upload }: DocumentToKeep, call: Call): Promise<DocumentView> {
    return this.uploads.use(upload, call.caller.subject, async (parts) => {
      const content: Buffer[] = [];
      for await (const part of parts) content.push(part);
      const file = await this.documents.check(fileName, Buffer.concat(content));
      return this.commands.run(call, async (tx) => documentView(await this.documents.keep(tx, file, call)));
    });
  }
}
