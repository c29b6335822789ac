import { Injectable } from '@nestjs/common';
import { fieldError, type RequestOf } from '#contracts';
import { createPayee, type PayeeView } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { PayoutPlanService } from '../payouts/payout-plan.service';
import { assertPayeeFits, checkedAccount } from './payee-request';
import { PayeeScreeningService } from './payee-screening.service';
import { Payee } from './payee.entity';
import { payeeView } from './payee.messages';
import { paymentTypeOf } from './payment-type';
import { SepaArea } from './sepa-area.reader';

/** Registers payees. Instalments that waited for one become due in the same transaction. */
@Injectable()
export class PayeeService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly payouts: PayoutPlanService,
    private readonly screenings: PayeeScreeningService,
    private readonly clock: Clock,
  ) {}

  @Handle(createPayee)
  async create(request: RequestOf<typeof createPayee>, call: Call): Promise<PayeeView> {
    assertPayeeFits(request);
    const area = await SepaArea.read(this.database);
    const account = checkedAccount(request.bankAccount, this.clock.today(), area);
    const payee = Object.assign(new Payee(), {
      id: request.id ?? newId(),
      kind: request.kind,
      expertId: request.expertId ?? null,
      municipalityId: request.municipalityId ?? null,
      name: request.name,
      street: request.address.street ?? null,
      buildingNumber: request.address.buildingNumber ?? null,
      postCode: request.address.postCode ?? null,
      town: request.address.town,
      country: request.address.country,
      ...account,
      createdAt: this.clock.now(),
      createdBy: call.caller.subject,
    });
    return this.commands.run(call, async (tx) => {
      await assertMunicipalityKnown(tx, request.municipalityId);
      const payeeOwnerId = request.expertId ?? request.municipalityId;
      if (payeeOwnerId !== undefined) await this.payouts.lockGates(tx, [payeeOwnerId]);
      await tx.insert(payee);
      await this.screenings.screenIfConfigured(tx, payee);
      if (payeeOwnerId !== undefined) await this.payouts.reviewBlocked(tx, { payeeOwnerId });
      return payeeView(payee, paymentTypeOf(payee, this.clock.today(), area));
    });
  }
}

async function assertMunicipalityKnown(tx: Tx, municipalityId: string | undefined): Promise<void> {
  if (municipalityId === undefined) return;
  const known = await tx.query('SELECT FROM municipality_copy WHERE id = $1', [municipalityId]);
  if (known.length === 0) throw fieldError('FINANCE_PAYEE_MUNICIPALITY_UNKNOWN', '#/municipalityId', 'not known here');
}
