import { Controller } from '@nestjs/common';
import { getAgreement, listAgreements, recordAgreement, type ReplyOf, type RequestOf } from '#contracts';
import { type Call, Handle } from '#platform';
import { AgreementService } from './agreement.service';

@Controller()
export class AgreementController {
  constructor(private readonly agreements: AgreementService) {}

  @Handle(recordAgreement)
  record(request: RequestOf<typeof recordAgreement>, call: Call): Promise<ReplyOf<typeof recordAgreement>> {
    return this.agreements.record(request, call);
  }

  @Handle(getAgreement)
  get(
    { partnershipId, agreementId }: RequestOf<typeof getAgreement>,
    call: Call,
  ): Promise<ReplyOf<typeof getAgreement>> {
    return this.agreements.get(partnershipId, agreementId, call);
  }

  @Handle(listAgreements)
  list(request: RequestOf<typeof listAgreements>, call: Call): Promise<ReplyOf<typeof listAgreements>> {
    return this.agreements.list(request, call);
  }
}
