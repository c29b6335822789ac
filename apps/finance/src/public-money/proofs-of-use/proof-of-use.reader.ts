import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import { getProofOfUse, listProofsOfUse, type ProofOfUseSummary, type ProofOfUseView } from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { PROOF_OWNERSHIP } from './proof-of-use.act';
import { ProofOfUse } from './proof-of-use.entity';
import { proofOfUseSummary, proofOfUseView } from './proof-of-use.messages';
import { readReceipts } from './proof-of-use.rows';

/** Reads proofs of use; the outside users see those of their own commitments. */
@Injectable()
export class ProofOfUseReader {
  constructor(private readonly database: Database) {}

  @Handle(getProofOfUse)
  async get({ proofOfUseId }: RequestOf<typeof getProofOfUse>, call: Call): Promise<ProofOfUseView> {
    const parameters: unknown[] = [proofOfUseId];
    const where = ['proof.id = $1', ...visibleTo(call, PROOF_OWNERSHIP, parameters)].join(') AND (');
    const [row] = await this.database.query<Columns<ProofOfUse>>(`${this.select()} WHERE (${where})`, parameters);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return proofOfUseView(row, await readReceipts(this.database, proofOfUseId));
  }

  @Handle(listProofsOfUse)
  async list(
    { limit, cursor, ...filter }: RequestOf<typeof listProofsOfUse>,
    call: Call,
  ): Promise<Page<ProofOfUseSummary>> {
    const filters = new Filters()
      .add('proof.fund_id = ?', filter.fundId)
      .add('proof.commitment_id = ?', filter.commitmentId)
      .add('proof.status = ANY (?)', filter.status)
      .add('proof.due_on < ?', filter.dueOnTo);
    return this.database.page<Columns<ProofOfUse>, ProofOfUseSummary>({
      select: this.select(),
      where: [...filters.conditions, ...visibleTo(call, PROOF_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: [{ key: 'dueOn', column: 'proof.due_on', type: 'date' }],
      idColumn: 'proof.id',
      limit,
      cursor,
      filterHash: { list: 'proofs-of-use', ...filter },
      items: (rows) => rows.map(proofOfUseSummary),
    });
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, ProofOfUse, 'proof')} FROM ${PROOF_OWNERSHIP.from}`;
  }
}
