import { Injectable } from '@nestjs/common';
import type { DocumentView, ReplyOf, RequestOf } from '#contracts';
import { getDocument, getDocumentFile, keepDocument } from '#contracts/finance';
import { DocumentStore, documentView } from '#documents';
import { Commands } from '#messaging';
import { type Call, Handle } from '#platform';
import { UploadService } from '../uploads/upload.service';

/** Takes documents in and gives them out: receipts, invoices. */
@Injectable()
export class DocumentService {
  constructor(
    private readonly commands: Commands,
    private readonly uploads: UploadService,
    private readonly documents: DocumentStore,
  ) {}

  @Handle(keepDocument)
  keep({ fileName, upload }: RequestOf<typeof keepDocument>, call: Call): Promise<DocumentView> {
    return this.uploads.use(upload, call.caller.subject, async (parts) => {
      const content: Buffer[] = [];
      for await (const part of parts) content.push(part);
      const file = await this.documents.check(fileName, Buffer.concat(content));
      return this.commands.run(call, async (tx) => documentView(await this.documents.keep(tx, file, call)));
    });
  }

  @Handle(getDocument)
  async get({ documentId }: RequestOf<typeof getDocument>, call: Call): Promise<DocumentView> {
    return documentView(await this.documents.find(documentId, call));
  }

  @Handle(getDocumentFile)
  file(
    { documentId, offset }: RequestOf<typeof getDocumentFile>,
    call: Call,
  ): Promise<ReplyOf<typeof getDocumentFile>> {
    return this.documents.part(documentId, offset, call);
  }
}
