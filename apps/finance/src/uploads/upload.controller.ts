import { Controller } from '@nestjs/common';
import { type ReplyOf, type RequestOf, storeUploadPart } from '#contracts';
import { type Call, Handle } from '#platform';
import { UploadService } from './upload.service';

@Controller()
export class UploadController {
  constructor(private readonly uploads: UploadService) {}

  @Handle(storeUploadPart)
  store(request: RequestOf<typeof storeUploadPart>, call: Call): Promise<ReplyOf<typeof storeUploadPart>> {
    return this.uploads.store(request, call);
  }
}
