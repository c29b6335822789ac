import { Controller } from '@nestjs/common';
import { createPayee, getPayee, listPayees, type Page, type PayeeView, type RequestOf } from '#contracts';
import { type Call, Handle } from '#platform';
import { PayeeService } from './payee.service';

@Controller()
export class PayeeController {
  constructor(private readonly payees: PayeeService) {}

  @Handle(createPayee)
  create(request: RequestOf<typeof createPayee>, call: Call): Promise<PayeeView> {
    return this.payees.create(request, call);
  }

  @Handle(getPayee)
  get({ payeeId }: RequestOf<typeof getPayee>, call: Call): Promise<PayeeView> {
    return this.payees.get(payeeId, call);
  }

  @Handle(listPayees)
  list(request: RequestOf<typeof listPayees>, call: Call): Promise<Page<PayeeView>> {
    return this.payees.list(request, call);
  }
}
