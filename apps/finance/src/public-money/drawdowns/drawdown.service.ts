import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  createDrawdown,
  type DrawdownSummary,
  type DrawdownView,
  getDrawdown,
  listDrawdowns,
  matchDrawdown,
  receiveDrawdown,
} from '#contracts/finance';
import { type Columns, Database, entityColumns, Filters, type Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { lockBank } from '../../bank/bank-entries/bank-entry-store.service';
import { BankReceiptService, standingReceipts } from '../../bank/bank-entries/bank-receipt.service';
import { findFund } from '../../budget/funds/fund.reader';
import { act } from './drawdown.act';
import { Drawdown, type DrawdownPart } from './drawdown.entity';
import { readPublicMoneyRules } from '../public-money-rules/public-money-rules.reader';
import { drawdownSummary, drawdownView } from './drawdown.messages';

type PartRow = DrawdownPart & { readonly drawdownId: string };

/** Requests for money from the financier, and its arrival. */
@Injectable()
export class DrawdownService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly receipts: BankReceiptService,
    private readonly clock: Clock,
  ) {}

  @Handle(createDrawdown)
  create(request: RequestOf<typeof createDrawdown>, call: Call): Promise<DrawdownView> {
    if (new Set(request.parts.map(({ place }) => place)).size < request.parts.length) {
      throw new AppError('FINANCE_DRAWDOWN_PLACE_REPEATED');
    }
    return this.commands.run(call, async (tx) => {
      const fund = await findFund(tx, request.fundId);
      const requested = request.parts.map(({ place, amount }) => ({
        place,
        amountMinor: fund.minorOf(amount),
        deadlineOn: null,
        ruleId: null,
      }));
      const drawdown = Object.assign(new Drawdown(), {
        id: request.id ?? newId(),
        fundId: fund.id,
        approvalReference: request.approvalReference,
        ruleSet: request.ruleSet,
        status: 'REQUESTED' as const,
        justification: request.justification,
        currency: fund.currency,
        requestedOn: request.requestedOn,
        receivedOn: null,
        requestedBy: call.caller.subject,
        createdAt: this.clock.now(),
      });
      const { receivedOn } = request;
      const parts = receivedOn === undefined ? requested : await this.received(tx, drawdown, receivedOn, requested);
      await tx.insert(drawdown);
      await writeParts(tx, drawdown.id, parts);
      return drawdownView(drawdown, parts, null);
    });
  }

  @act(receiveDrawdown, { possible: (drawdown) => drawdown.assertCanReceive() })
  async receive(drawdown: Drawdown, { receivedOn }: RequestOf<typeof receiveDrawdown>, { tx }: Act): Promise<void> {
    const requested = await readParts(tx, [drawdown.id]);
    await writeParts(tx, drawdown.id, await this.received(tx, drawdown, receivedOn, requested));
  }

  @act(matchDrawdown, {
    first: (_self, _request, { tx }) => lockBank(tx),
    possibleAround: async (_self, drawdown, source) => {
      const [seen] = await standingReceipts(source, { drawdownId: drawdown.id });
      if (seen)
        throw new AppError('FINANCE_DRAWDOWN_TRANSITION_NOT_ALLOWED', { from: drawdown.status, to: 'RECEIVED' });
    },
  })
  async match(
    drawdown: Drawdown,
    { bankEntryId }: RequestOf<typeof matchDrawdown>,
    { tx, call }: Act<undefined, void>,
  ): Promise<void> {
    const { id, fundId, ruleSet } = drawdown;
    const parts = await readParts(tx, [id]);
    const amountMinor = parts.reduce((total, part) => total + part.amountMinor, 0n);
    const entry = await this.receipts.lockCredit(tx, bankEntryId, { fund: await findFund(tx, fundId), amountMinor });
    const rules = await readPublicMoneyRules(tx, ruleSet);
    const on = entry.valueOn ?? entry.bookedOn;
    await writeParts(tx, id, drawdown.arrive(on, { today: this.clock.today(), rules }, parts));
    const by = call.caller.subject;
    await this.receipts.keep(tx, entry, {
      of: { drawdownId: id },
      kind: 'CONFIRMED',
      fundId,
      amountMinor,
      rule: 'PERSON',
      by,
    });
  }

  private async received(
    tx: Tx,
    drawdown: Drawdown,
    receivedOn: string,
    parts: readonly DrawdownPart[],
  ): Promise<DrawdownPart[]> {
    const rules = await readPublicMoneyRules(tx, drawdown.ruleSet);
    return drawdown.receive(receivedOn, { today: this.clock.today(), rules }, parts);
  }

  view(drawdown: Drawdown, { tx }: Pick<Act, 'tx'>): Promise<DrawdownView> {
    return viewOf(tx, drawdown);
  }

  @Handle(getDrawdown)
  async get({ drawdownId }: RequestOf<typeof getDrawdown>): Promise<DrawdownView> {
    return viewOf(this.database, await this.database.findOrFail(Drawdown, drawdownId));
  }

  @Handle(listDrawdowns)
  async list({ limit, cursor, ...filter }: RequestOf<typeof listDrawdowns>): Promise<Page<DrawdownSummary>> {
    const filters = new Filters()
      .add('drawdown.fund_id = ?', filter.fundId)
      .add('drawdown.status = ANY (?)', filter.status);
    return this.database.page<Omit<Columns<Drawdown>, 'justification'>, DrawdownSummary>({
      select: `SELECT ${entityColumns(this.database, Drawdown, 'drawdown', ['justification'])} FROM drawdown`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'createdAt', column: 'drawdown.created_at', type: 'timestamptz', descending: true }],
      idColumn: 'drawdown.id',
      limit,
      cursor,
      filterHash: { list: 'drawdowns', ...filter },
      items: async (rows) => {
        const parts = await readParts(
          this.database,
          rows.map(({ id }) => id),
        );
        const partsOf = (id: string) => parts.filter(({ drawdownId }) => drawdownId === id);
        return rows.map((row) => drawdownSummary(row, partsOf(row.id)));
      },
    });
  }
}

async function viewOf(source: Pick<Database | Tx, 'query'>, drawdown: Drawdown): Promise<DrawdownView> {
  const [receipt] = await standingReceipts(source, { drawdownId: drawdown.id });
  return drawdownView(drawdown, await readParts(source, [drawdown.id]), receipt?.bankEntryId ?? null);
}

const PARTS = `SELECT drawdown_id, place, amount_minor, deadline_on,
  rule_id FROM drawdown_part WHERE drawdown_id = ANY ($1) ORDER BY place DESC`;

function readParts(source: Pick<Database | Tx, 'query'>, drawdownIds: readonly string[]): Promise<PartRow[]> {
  return source.query<PartRow>(PARTS, [drawdownIds]);
}

async function writeParts(tx: Tx, drawdownId: string, parts: readonly DrawdownPart[]): Promise<void> {
  await tx.query(
    `INSERT INTO drawdown_part (drawdown_id, place, amount_minor, deadline_on, rule_id)
     SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::date[], $5::text[])
     ON CONFLICT ON CONSTRAINT pk_drawdown_part
     DO UPDATE SET deadline_on = excluded.deadline_on, rule_id = excluded.rule_id`,
    [
      drawdownId,
      parts.map(({ place }) => place),
      parts.map(({ amountMinor }) => amountMinor.toString()),
      parts.map(({ deadlineOn }) => deadlineOn),
      parts.map(({ ruleId }) => ruleId),
    ],
  );
}
