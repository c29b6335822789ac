import { Controller } from '@nestjs/common';
import {
  type ClaimSummary,
  type ClaimView,
  createClaim,
  decideClaim,
  deferClaim,
  getClaim,
  getClaimInterest,
  listClaims,
  makeClaimDue,
  objectToClaim,
  openClaimHearing,
  type Page,
  recordClaimPayment,
  recordClaimStatement,
  type ReplyOf,
  type RequestOf,
  reverseClaimPayment,
  settleClaimPayment,
  waiveClaim,
  writeOffClaim,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { ClaimPaymentService } from './claim-payment.service';
import { ClaimReader } from './claim.reader';
import { ClaimService } from './claim.service';

@Controller()
export class ClaimController {
  constructor(
    private readonly claims: ClaimService,
    private readonly payments: ClaimPaymentService,
    private readonly reader: ClaimReader,
  ) {}

  @Handle(createClaim)
  create(request: RequestOf<typeof createClaim>, call: Call): Promise<ClaimView> {
    return this.claims.create(request, call);
  }

  @Handle(openClaimHearing)
  hear(request: RequestOf<typeof openClaimHearing>, call: Call): Promise<ClaimView> {
    return this.claims.hear(request, call);
  }

  @Handle(recordClaimStatement)
  recordStatement(request: RequestOf<typeof recordClaimStatement>, call: Call): Promise<ClaimView> {
    return this.claims.recordStatement(request, call);
  }

  @Handle(decideClaim)
  decide(request: RequestOf<typeof decideClaim>, call: Call): Promise<ClaimView> {
    return this.claims.decide(request, call);
  }

  @Handle(objectToClaim)
  object(request: RequestOf<typeof objectToClaim>, call: Call): Promise<ClaimView> {
    return this.claims.object(request, call);
  }

  @Handle(makeClaimDue)
  makeDue(request: RequestOf<typeof makeClaimDue>, call: Call): Promise<ClaimView> {
    return this.claims.makeDue(request, call);
  }

  @Handle(recordClaimPayment)
  recordPayment(request: RequestOf<typeof recordClaimPayment>, call: Call): Promise<ClaimView> {
    return this.payments.record(request, call);
  }

  @Handle(settleClaimPayment)
  settlePayment(request: RequestOf<typeof settleClaimPayment>, call: Call): Promise<ClaimView> {
    return this.payments.settle(request, call);
  }

  @Handle(reverseClaimPayment)
  reversePayment(request: RequestOf<typeof reverseClaimPayment>, call: Call): Promise<ClaimView> {
    return this.payments.reverse(request, call);
  }

  @Handle(deferClaim)
  defer(request: RequestOf<typeof deferClaim>, call: Call): Promise<ClaimView> {
    return this.claims.defer(request, call);
  }

  @Handle(waiveClaim)
  waive(request: RequestOf<typeof waiveClaim>, call: Call): Promise<ClaimView> {
    return this.claims.waive(request, call);
  }

  @Handle(writeOffClaim)
  writeOff(request: RequestOf<typeof writeOffClaim>, call: Call): Promise<ClaimView> {
    return this.claims.writeOff(request, call);
  }

  @Handle(getClaim)
  get({ claimId }: RequestOf<typeof getClaim>): Promise<ClaimView> {
    return this.reader.get(claimId);
  }

  @Handle(listClaims)
  list(request: RequestOf<typeof listClaims>): Promise<Page<ClaimSummary>> {
    return this.reader.list(request);
  }

  @Handle(getClaimInterest)
  interest(request: RequestOf<typeof getClaimInterest>): Promise<ReplyOf<typeof getClaimInterest>> {
    return this.reader.interest(request);
  }
}
