import { Injectable } from '@nestjs/common';
import type { DocumentView, ReplyOf, RequestOf } from '#contracts';
import { getPartnershipDocument, keepPartnershipDocument, storePartnershipUploadPart } from '#contracts/partnership';
import { DocumentIntake, DocumentStore, documentView, UploadStore } from '#documents';
import { type Call, Handle } from '#platform';

/** Takes documents of partnerships in; they go out with what names them. */
@Injectable()
export class DocumentService {
  constructor(
    private readonly uploads: UploadStore,
    private readonly intake: DocumentIntake,
    private readonly documents: DocumentStore,
  ) {}

  @Handle(storePartnershipUploadPart)
  store(
    request: RequestOf<typeof storePartnershipUploadPart>,
    call: Call,
  ): Promise<ReplyOf<typeof storePartnershipUploadPart>> {
    return this.uploads.store(request, call);
  }

  @Handle(keepPartnershipDocument)
  keep(request: RequestOf<typeof keepPartnershipDocument>, call: Call): Promise<DocumentView> {
    return this.intake.keep(request, call);
  }

  @Handle(getPartnershipDocument)
  async get({ documentId }: RequestOf<typeof getPartnershipDocument>, call: Call): Promise<DocumentView> {
    return documentView(await this.documents.find(documentId, call));
  }
}
