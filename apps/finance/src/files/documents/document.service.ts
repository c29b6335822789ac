import { Injectable } from '@nestjs/common';
import type { DocumentView, ReplyOf, RequestOf } from '#contracts';
import { getDocument, getDocumentFile, keepDocument } from '#contracts/finance';
import { DocumentIntake, DocumentStore, documentView } from '#documents';
import { type Call, Handle } from '#platform';

/** Takes documents in and gives them out: receipts, invoices. */
@Injectable()
export class DocumentService {
  constructor(
    private readonly intake: DocumentIntake,
    private readonly documents: DocumentStore,
  ) {}

  @Handle(keepDocument)
  keep(request: RequestOf<typeof keepDocument>, call: Call): Promise<DocumentView> {
    return this.intake.keep(request, call);
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
