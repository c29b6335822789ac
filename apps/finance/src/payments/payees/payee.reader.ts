import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { getPayee, listPayees, type PayeeView } from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, type Ownership, type Tx, visibleTo } from '#database';
import { type Call, Clock, Handle } from '#platform';
import { Payee } from './payee.entity';
import { payeeView } from './payee.messages';
import { paymentTypeOf } from './payment-type';
import { SepaArea } from './sepa-area.reader';

const OWNERSHIP: Ownership = {
  from: 'payee',
  id: 'payee.id',
  bonds: { expertId: 'payee.expert_id = ?', municipalityId: 'payee.municipality_id = ?' },
};

export type PayeeFacts = Columns<Payee>;

/** Reads payees, for persons and for what other features pay. */
@Injectable()
export class PayeeReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Payees by id, as another feature's transaction sees them. */
  async findAll(tx: Tx, ids: readonly (string | null)[]): Promise<Map<string, PayeeFacts>> {
    const rows = await tx.query<PayeeFacts>(`${this.select()} WHERE id = ANY ($1)`, [[...new Set(ids)]]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Payees that have this account; of several names the first few. */
  findByIban(source: Pick<Tx, 'query'>, iban: string): Promise<PayeeFacts[]> {
    return source.query<PayeeFacts>(`${this.select()} WHERE payee.iban = $1 ORDER BY payee.name, payee.id LIMIT 5`, [
      iban,
    ]);
  }

  @Handle(getPayee)
  async get({ payeeId }: RequestOf<typeof getPayee>, call: Call): Promise<PayeeView> {
    const parameters: unknown[] = [payeeId];
    const where = ['payee.id = $1', ...visibleTo(call, OWNERSHIP, parameters)].join(') AND (');
    const [row] = await this.database.query<PayeeFacts>(`${this.select()} WHERE (${where})`, parameters);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return payeeView(row, paymentTypeOf(row, this.clock.today(), await SepaArea.read(this.database)));
  }

  @Handle(listPayees)
  list({ limit, cursor, ...filter }: RequestOf<typeof listPayees>, call: Call): Promise<Page<PayeeView>> {
    const filters = new Filters()
      .add('payee.kind = ANY (?)', filter.kind)
      .add('payee.expert_id = ?', filter.expertId)
      .add('payee.municipality_id = ?', filter.municipalityId);
    const today = this.clock.today();
    return this.database.page<PayeeFacts, PayeeView>({
      select: this.select(),
      where: [...filters.conditions, ...visibleTo(call, OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: [{ key: 'name', column: 'payee.name', type: 'text' }],
      idColumn: 'payee.id',
      limit,
      cursor,
      filterHash: { list: 'payees', ...filter },
      items: async (rows) => {
        const area = await SepaArea.read(this.database);
        return rows.map((row) => payeeView(row, paymentTypeOf(row, today, area)));
      },
    });
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, Payee, 'payee')} FROM payee`;
  }
}
