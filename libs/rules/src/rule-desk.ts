import { Injectable, type Type } from '@nestjs/common';
import {
  AppError,
  fieldError,
  type Page,
  ruleOperations,
  type RequestOf,
  type RuleProposalView,
  type RuleView,
  type ServiceName,
} from '#contracts';
import { type Columns, Database, entityColumns, Filters } from '#database';
import { type Act, actsOn, Commands } from '#messaging';
import { type Call, Clock, Handle } from '#platform';
import { confirmRow } from './rule-confirmation';
import { RuleProposal, ruleProposalView } from './rule-proposal.entity';
import { keyOf, type RuleFile, type RuleKey } from './rule-set';

type Operations = ReturnType<typeof ruleOperations>;

/** The handlers of one service's operations on its dated rules; every service that owns rule sets has the same. */
export function ruleDesk(service: ServiceName, files: readonly RuleFile[]): Type {
  const operations = ruleOperations(service);
  const act = actsOn({ entity: RuleProposal, actions: operations.actions });

  @Injectable()
  class RuleDesk {
    constructor(
      private readonly database: Database,
      private readonly commands: Commands,
      private readonly clock: Clock,
    ) {}

    @Handle(operations.list)
    list(request: RequestOf<Operations['list']>): Promise<Page<RuleView>> {
      return listRules(this.database, request);
    }

    @Handle(operations.propose)
    propose(request: RequestOf<Operations['propose']>, call: Call): Promise<RuleProposalView> {
      assertAllowed(service, files, request);
      return this.commands.run(call, async (tx) => {
        const proposal = RuleProposal.of(request, { by: call.caller.subject, at: this.clock.now() });
        await tx.insert(proposal);
        return ruleProposalView(proposal);
      });
    }

    @act(operations.confirm, { possible: (proposal, { caller }) => proposal.assertCanConfirm(caller.subject) })
    async confirm(
      proposal: RuleProposal,
      { reason }: RequestOf<Operations['confirm']>,
      { tx, call }: Act,
    ): Promise<void> {
      // What a release no longer knows, nobody would read.
      const file = assertAllowed(service, files, proposal);
      proposal.confirm({ by: call.caller.subject, at: this.clock.now(), reason });
      await confirmRow(tx, file, proposal.row);
    }

    @act(operations.reject, { possible: (proposal) => proposal.assertOpen() })
    reject(proposal: RuleProposal, { reason }: RequestOf<Operations['reject']>, { call }: Act): void {
      proposal.reject({ by: call.caller.subject, at: this.clock.now(), reason });
    }

    view(proposal: RuleProposal): RuleProposalView {
      return ruleProposalView(proposal);
    }

    @Handle(operations.get)
    async get({ proposalId }: RequestOf<Operations['get']>): Promise<RuleProposalView> {
      return ruleProposalView(await this.database.findOrFail(RuleProposal, proposalId));
    }

    @Handle(operations.listProposals)
    listProposals(request: RequestOf<Operations['listProposals']>): Promise<Page<RuleProposalView>> {
      return listProposals(this.database, request);
    }
  }
  return RuleDesk;
}

function listRules(database: Database, request: RequestOf<Operations['list']>): Promise<Page<RuleView>> {
  const { ruleSet, key, on, limit, cursor } = request;
  const filters = new Filters()
    .add('r.rule_set = ANY (?)', ruleSet)
    .add('r.key = ANY (?)', key)
    .add('daterange(r.valid_from, r.valid_to) @> ?::date', on);
  return database.page<RuleView>({
    select: `SELECT r.rule_set, r.key, r.name, r.value, r.unit, r.valid_from,
      r.valid_to, r.source, r.mark FROM dated_rule r`,
    where: filters.conditions,
    parameters: filters.parameters,
    sort: [
      { key: 'ruleSet', column: 'r.rule_set', type: 'text' },
      { key: 'key', column: 'r.key', type: 'text' },
      { key: 'validFrom', column: 'r.valid_from', type: 'date' },
    ],
    idColumn: ROW_ID,
    limit,
    cursor,
    filterHash: { list: 'rules', ruleSet, key, on },
  });
}

/** Rows are made anew when a file is loaded: what tells them apart is what they are about. */
const ROW_ID = `md5(r.rule_set || ' ' || r.key || ' ' || r.valid_from)::uuid`;

function listProposals(
  database: Database,
  { status, limit, cursor }: RequestOf<Operations['listProposals']>,
): Promise<Page<RuleProposalView>> {
  const filters = new Filters().add('p.status = ANY (?)', status);
  return database.page<Columns<RuleProposal>, RuleProposalView>({
    select: `SELECT ${entityColumns(database, RuleProposal, 'p')} FROM rule_proposal p`,
    where: filters.conditions,
    parameters: filters.parameters,
    sort: [{ key: 'proposedAt', column: 'p.proposed_at', type: 'timestamptz', descending: true }],
    idColumn: 'p.id',
    limit,
    cursor,
    filterHash: { list: 'rule-proposals', status },
    items: (rows) => rows.map((row) => ruleProposalView(Object.assign(new RuleProposal(), row))),
  });
}

/** The file of a row that may stand in it. */
function assertAllowed(
  service: ServiceName,
  files: readonly RuleFile[],
  { ruleSet, key, value, unit }: Pick<RuleProposal, 'ruleSet' | 'key' | 'value' | 'unit'>,
): RuleFile {
  const file = files.find(({ sets }) => sets.some(({ name }) => name === ruleSet));
  const set = file?.sets.find(({ name }) => name === ruleSet);
  const rule: RuleKey | undefined = set && keyOf(set, key);
  if (!file || !rule || (rule.of ?? service) !== service) {
    throw new AppError('PLATFORM_RULE_NOT_KNOWN', { ruleSet, key });
  }
  if (!rule.units.includes(unit)) {
    throw fieldError('PLATFORM_RULE_VALUE_NOT_ALLOWED', '#/unit', `must be ${rule.units.join(' or ')}`);
  }
  const { error } = rule.value.safeParse(value);
  if (!error) return file;
  const detail = error.issues[0]?.message ?? 'has another form';
  throw fieldError('PLATFORM_RULE_VALUE_NOT_ALLOWED', '#/value', detail);
}
