import { Controller } from '@nestjs/common';
import {
  activatePartnership,
  createPartnership,
  endPartnership,
  getPartnership,
  listPartnerships,
  type ReplyOf,
  type RequestOf,
  suspendPartnership,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { PartnershipService } from './partnership.service';

@Controller()
export class PartnershipController {
  constructor(private readonly partnerships: PartnershipService) {}

  @Handle(createPartnership)
  create(request: RequestOf<typeof createPartnership>, call: Call): Promise<ReplyOf<typeof createPartnership>> {
    return this.partnerships.create(request, call);
  }

  @Handle(getPartnership)
  get({ partnershipId }: RequestOf<typeof getPartnership>, call: Call): Promise<ReplyOf<typeof getPartnership>> {
    return this.partnerships.get(partnershipId, call);
  }

  @Handle(listPartnerships)
  list(request: RequestOf<typeof listPartnerships>, call: Call): Promise<ReplyOf<typeof listPartnerships>> {
    return this.partnerships.list(request, call);
  }

  @Handle(activatePartnership)
  activate(request: RequestOf<typeof activatePartnership>, call: Call): Promise<ReplyOf<typeof activatePartnership>> {
    return this.partnerships.activate(request, call);
  }

  @Handle(suspendPartnership)
  suspend(request: RequestOf<typeof suspendPartnership>, call: Call): Promise<ReplyOf<typeof suspendPartnership>> {
    return this.partnerships.suspend(request, call);
  }

  @Handle(endPartnership)
  end(request: RequestOf<typeof endPartnership>, call: Call): Promise<ReplyOf<typeof endPartnership>> {
    return this.partnerships.end(request, call);
  }
}
