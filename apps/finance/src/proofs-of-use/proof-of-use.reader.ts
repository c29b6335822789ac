import { Injectable } from '@nestjs/common';
import {
  AppError,
  type listProofsOfUse,
  type Page,
  type ProofOfUseSummary,
  type ProofOfUseView,
  type RequestOf,
} from '#contracts';
import { type Columns, Database, entityColumns } from '#database';
import type { Call } from '#platform';
import { Filters } from '../filters';
import { visibleTo } from '../object-scope';
import { ProofOfUse } from './proof-of-use.entity';
import { proofOfUseSummary, proofOfUseView, type ReceiptRow } from './proof-of-use.messages';
import { PROOF_RECEIPTS } from './proof-of-use.service';

const OWNERSHIP = { expertId: 'c.expert_id', municipalityId: 'proof.municipality_id' };

/** Reads proofs of use; the outside users see those of their own commitments. */
@Injectable()
export class ProofOfUseReader {
  constructor(private readonly database: Database) {}

  async get(proofOfUseId: string, call: Call): Promise<ProofOfUseView> {
    const parameters: unknown[] = [proofOfUseId];
    const where = ['proof.id = $1', ...visibleTo(call, OWNERSHIP, parameters)].join(') AND (');
    const [row] = await this.database.query<Columns<ProofOfUse>>(`${this.select()} WHERE (${where})`, parameters);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return proofOfUseView(row, await this.database.query<ReceiptRow>(PROOF_RECEIPTS, [proofOfUseId]));
  }

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
      where: [...filters.conditions, ...visibleTo(call, OWNERSHIP, filters.parameters)],
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
    return `SELECT ${entityColumns(this.database, ProofOfUse, 'proof')} FROM proof_of_use proof
      LEFT JOIN commitment c ON c.id = proof.commitment_id`;
  }
}
