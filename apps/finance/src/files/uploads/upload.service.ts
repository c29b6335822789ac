import { Injectable } from '@nestjs/common';
import type { ReplyOf, RequestOf } from '#contracts';
import { storeUploadPart } from '#contracts/finance';
import { UploadStore } from '#documents';
import { type Call, Handle } from '#platform';

/** Takes the parts of files that are larger than a request: bank messages, sanctions lists, documents. */
@Injectable()
export class UploadService {
  constructor(private readonly uploads: UploadStore) {}

  @Handle(storeUploadPart)
  store(request: RequestOf<typeof storeUploadPart>, call: Call): Promise<ReplyOf<typeof storeUploadPart>> {
    return this.uploads.store(request, call);
  }
}
