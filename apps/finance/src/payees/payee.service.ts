import { Injectable } from '@nestjs/common';
import {
  AppError,
  type createPayee,
  fieldError,
  type listPayees,
  type Page,
  type PayeeView,
  type RequestOf,
} from '#contracts';
import { type Columns, Database, entityColumns, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { Filters } from '../filters';
import { visibleTo } from '../object-scope';
import { PayoutPlanService } from '../payouts/payout-plan.service';
import { assertPayeeFits, checkedAccount } from './payee-request';
import { PayeeScreeningService } from './payee-screening.service';
import { Payee } from './payee.entity';
import { payeeView } from './payee.messages';

const OWNERSHIP = { expertId: 'payee.expert_id', municipalityId: 'payee.municipality_id' };

export type PayeeFacts = Columns<Payee>;

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

  create(request: RequestOf<typeof createPayee>, call: Call): Promise<PayeeView> {
    assertPayeeFits(request);
    const account = checkedAccount(request.bankAccount, this.clock.today());
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
      return payeeView(payee, this.clock.today());
    });
  }

  /** Payees by id, as another feature's transaction sees them. */
  async findAll(tx: Tx, ids: readonly (string | null)[]): Promise<Map<string, PayeeFacts>> {
    const rows = await tx.query<PayeeFacts>(
      `SELECT ${entityColumns(this.database, Payee, 'payee')} FROM payee WHERE id = ANY ($1)`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async get(payeeId: string, call: Call): Promise<PayeeView> {
    const parameters: unknown[] = [payeeId];
    const where = ['payee.id = $1', ...visibleTo(call, OWNERSHIP, parameters)].join(') AND (');
    const [row] = await this.database.query<Columns<Payee>>(
      `SELECT ${entityColumns(this.database, Payee, 'payee')} FROM payee WHERE (${where})`,
      parameters,
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return payeeView(row, this.clock.today());
  }

  async list({ limit, cursor, ...filter }: RequestOf<typeof listPayees>, call: Call): Promise<Page<PayeeView>> {
    const filters = new Filters()
      .add('payee.kind = ANY (?)', filter.kind)
      .add('payee.expert_id = ?', filter.expertId)
      .add('payee.municipality_id = ?', filter.municipalityId);
    const today = this.clock.today();
    return this.database.page<Columns<Payee>, PayeeView>({
      select: `SELECT ${entityColumns(this.database, Payee, 'payee')} FROM payee`,
      where: [...filters.conditions, ...visibleTo(call, OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: [{ key: 'name', column: 'payee.name', type: 'text' }],
      idColumn: 'payee.id',
      limit,
      cursor,
      filterHash: { list: 'payees', ...filter },
      items: (rows) => rows.map((row) => payeeView(row, today)),
    });
  }
}

async function assertMunicipalityKnown(tx: Tx, municipalityId: string | undefined): Promise<void> {
  if (municipalityId === undefined) return;
  const known = await tx.query('SELECT FROM municipality_copy WHERE id = $1', [municipalityId]);
  if (known.length === 0) throw fieldError('FINANCE_PAYEE_MUNICIPALITY_UNKNOWN', '#/municipalityId', 'not known here');
}
