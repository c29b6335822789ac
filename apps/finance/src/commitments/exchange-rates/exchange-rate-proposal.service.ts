import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import {
  confirmExchangeRateProposal,
  type ExchangeRateProposalView,
  getExchangeRateProposal,
  listExchangeRateProposals,
  rejectExchangeRateProposal,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters } from '#database';
import type { Act } from '#messaging';
import { Clock, Handle } from '#platform';
import { act } from './exchange-rate-proposal.act';
import { ExchangeRateProposal, exchangeRateProposalView } from './exchange-rate-proposal.entity';
import { ExchangeRateRecordService } from './exchange-rate-record.service';

/** Exchange rates that wait for a second person. */
@Injectable()
export class ExchangeRateProposalService {
  constructor(
    private readonly database: Database,
    private readonly records: ExchangeRateRecordService,
    private readonly clock: Clock,
  ) {}

  @act(confirmExchangeRateProposal, { possible: (proposal, { caller }) => proposal.assertCanConfirm(caller.subject) })
  async confirm(
    proposal: ExchangeRateProposal,
    { reason }: RequestOf<typeof confirmExchangeRateProposal>,
    { tx, call }: Act,
  ): Promise<void> {
    proposal.confirm({ by: call.caller.subject, at: this.clock.now(), reason });
    await this.records.insert(tx, proposal);
  }

  @act(rejectExchangeRateProposal, { possible: (proposal) => proposal.assertOpen() })
  reject(
    proposal: ExchangeRateProposal,
    { reason }: RequestOf<typeof rejectExchangeRateProposal>,
    { call }: Act,
  ): void {
    proposal.reject({ by: call.caller.subject, at: this.clock.now(), reason });
  }

  view(proposal: ExchangeRateProposal): ExchangeRateProposalView {
    return exchangeRateProposalView(proposal);
  }

  @Handle(getExchangeRateProposal)
  async get({ proposalId }: RequestOf<typeof getExchangeRateProposal>): Promise<ExchangeRateProposalView> {
    return exchangeRateProposalView(await this.database.findOrFail(ExchangeRateProposal, proposalId));
  }

  @Handle(listExchangeRateProposals)
  list({
    status,
    limit,
    cursor,
  }: RequestOf<typeof listExchangeRateProposals>): Promise<Page<ExchangeRateProposalView>> {
    const filters = new Filters().add('p.status = ANY (?)', status);
    return this.database.page<Columns<ExchangeRateProposal>, ExchangeRateProposalView>({
      select: `SELECT ${entityColumns(this.database, ExchangeRateProposal, 'p')} FROM exchange_rate_proposal p`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'proposedAt', column: 'p.proposed_at', type: 'timestamptz', descending: true }],
      idColumn: 'p.id',
      limit,
      cursor,
      filterHash: { list: 'exchange-rate-proposals', status },
      items: (rows) => rows.map(exchangeRateProposalView),
    });
  }
}
