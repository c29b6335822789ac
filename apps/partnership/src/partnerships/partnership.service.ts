import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  activatePartnership,
  countPartnerships,
  createPartnership,
  endPartnership,
  getPartnership,
  listPartnerships,
  type PartnershipCountsView,
  type PartnershipSummary,
  type PartnershipView,
  suspendPartnership,
} from '#contracts/partnership';
import { Database, Filters, type JsonRow, RowsById, type SortColumn, type Tx, visibleTo } from '#database';
import { type Act, Commands, Outbox } from '#messaging';
import { type Call, Clock, Handle, JsonReply, newId } from '#platform';
import { PARTNERSHIP_OWNERSHIP } from '../participation.rows';
import { act } from './partnership.act';
import { type Moment, Partnership } from './partnership.entity';
import { partnershipJson, partnershipRecordedMessage, partnershipSummaryJson } from './partnership.messages';
import { agreementsOf, assertWhole, refuseDuplicates, writeParts } from './partnership.rows';

type NewPartnership = RequestOf<typeof createPartnership>;
type Transition = RequestOf<typeof activatePartnership>;
type List = JsonReply<Page<PartnershipSummary>>;

const NAMED = `EXISTS (SELECT FROM partnership_participant pp JOIN municipality m ON m.id = pp.municipality_id
  WHERE pp.partnership_id = p.id AND (fold(?) <% m.search_name OR fold(?) % m.search_name))`;
const WITH_COUNTRY = `EXISTS (SELECT FROM partnership_participant pp JOIN municipality m ON m.id = pp.municipality_id
  WHERE pp.partnership_id = p.id AND m.side = 'PARTNER' AND m.country = ANY (?))`;
// By an old municipality and by the one that it became, the same.
const IN_LINE = `p.id IN (SELECT pp.partnership_id FROM municipality_line(?) line
  JOIN partnership_participant pp ON pp.municipality_id = line.id)`;
const WITH_FIELD = 'EXISTS (SELECT FROM partnership_field f WHERE f.partnership_id = p.id AND f.field_key = ANY (?))';

const SORT: Readonly<Record<string, SortColumn>> = {
  createdAt: { key: 'createdAt', column: 'p.created_at', type: 'timestamptz' },
  updatedAt: { key: 'updatedAt', column: 'p.updated_at', type: 'timestamptz' },
  statusSince: { key: 'statusSince', column: 'p.status_since', type: 'date' },
};

interface PartnershipRow extends JsonRow {
  readonly id: string;
  readonly version: number;
}
const SELECT = `SELECT p.id, p.version, ${partnershipJson} AS json FROM partnership p`;

/** Records partnerships and moves them through their states; each change is published with the full present state. */
@Injectable()
export class PartnershipService {
  private readonly rows: RowsById<PartnershipRow>;

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {
    this.rows = new RowsById(database, 'partnership_get', `${SELECT} WHERE p.id = ANY ($1::uuid[])`);
  }

  @Handle(createPartnership)
  create(request: NewPartnership, call: Call): Promise<PartnershipView> {
    return this.commands.run(call, async (tx) => {
      const [view] = await this.recordAll([request], { tx, call });
      assert(view, 'a partnership that was just written is gone');
      return view;
    });
  }

  /** Records partnerships in the transaction of the caller, all or none; answers them in their order. */
  async recordAll(
    requests: readonly NewPartnership[],
    { tx, call }: Pick<Act, 'tx' | 'call'>,
  ): Promise<PartnershipView[]> {
    const moment = { today: this.clock.today(), at: this.clock.now() };
    const proposals = requests.map(
      ({ id = newId(), kind, participants, languages, fieldsOfAction, period, duplicateReason }) => ({
        id,
        kind,
        partnership: Partnership.propose({ id, kind, languages, period }, moment),
        municipalityIds: [...new Set(participants.map(({ municipalityId }) => municipalityId))],
        fieldsOfAction,
        duplicateReason,
      }),
    );
    await assertWhole(tx, proposals);
    await refuseDuplicates(
      tx,
      proposals.filter(({ duplicateReason }) => duplicateReason === undefined),
    );
    await tx.insertAll(proposals.map(({ partnership }) => partnership));
    await writeParts(tx, proposals);
    await this.recordStatuses(
      proposals.map(({ partnership }) => partnership),
      {},
      { tx, call },
    );
    return this.viewAll(
      proposals.map(({ id }) => id),
      tx,
    );
  }

  @Handle(getPartnership)
  async get({ partnershipId }: RequestOf<typeof getPartnership>, call: Call): Promise<JsonReply<PartnershipView>> {
    const parameters: unknown[] = [partnershipId];
    const [own] = visibleTo(call, PARTNERSHIP_OWNERSHIP, parameters);
    // Every office reads the same rows, together; an own scope has a text for each kind of caller.
    const row =
      own === undefined
        ? await this.rows.find(partnershipId)
        : (await this.database.query<PartnershipRow>(`${SELECT} WHERE p.id = $1 AND (${own})`, parameters))[0];
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return new JsonReply(row.json, row.version);
  }

  @Handle(listPartnerships)
  list({ limit, cursor, sort, ...filter }: RequestOf<typeof listPartnerships>, call: Call): Promise<List> {
    const filters = filtersOf(filter);
    return this.database.jsonPage<PartnershipSummary>({
      select: `SELECT ${partnershipSummaryJson} AS json FROM partnership p`,
      where: [...filters.conditions, ...visibleTo(call, PARTNERSHIP_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: sortColumns(sort ?? ['-createdAt']),
      idColumn: 'p.id',
      limit,
      cursor,
      filterHash: { list: 'partnerships', ...filter },
    });
  }

  @Handle(countPartnerships)
  async count(filter: RequestOf<typeof countPartnerships>, call: Call): Promise<PartnershipCountsView> {
    const { conditions, parameters } = filtersOf(filter);
    const where = [...conditions, ...visibleTo(call, PARTNERSHIP_OWNERSHIP, parameters)].map((each) => `(${each})`);
    const rows = await this.database.query<{ country: string | null; partnerships: number }>(
      `SELECT m.country, count(DISTINCT p.id)::int AS partnerships
       FROM partnership p
       JOIN partnership_participant pp ON pp.partnership_id = p.id
       JOIN municipality m ON m.id = pp.municipality_id AND m.side = 'PARTNER'
       ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
       GROUP BY GROUPING SETS ((m.country), ())
       ORDER BY m.country`,
      parameters,
    );
    // The row of all has no country.
    const countries = rows.flatMap(({ country, partnerships }) =>
      country === null ? [] : [{ country, partnerships }],
    );
    return { partnerships: rows.find(({ country }) => country === null)?.partnerships ?? 0, countries };
  }

  @act(activatePartnership, { possible: (partnership) => partnership.assertCanBecome('ACTIVE') })
  async activate(partnership: Partnership, request: Transition, act: Act): Promise<void> {
    partnership.activate(await agreementsOf(act.tx, partnership.id), this.momentOf(request));
    await act.tx.update(partnership);
    await this.record(partnership, request, act);
  }

  @act(suspendPartnership, { possible: (partnership) => partnership.assertCanBecome('DORMANT') })
  async suspend(partnership: Partnership, request: Transition, act: Act): Promise<void> {
    partnership.suspend(this.momentOf(request));
    await act.tx.update(partnership);
    await this.record(partnership, request, act);
  }

  @act(endPartnership, { possible: (partnership) => partnership.assertCanBecome('ENDED') })
  async end(partnership: Partnership, request: Transition, act: Act): Promise<void> {
    partnership.end(this.momentOf(request));
    await act.tx.update(partnership);
    await this.record(partnership, request, act);
  }

  async view({ id }: Partnership, { tx }: Pick<Act, 'tx'>): Promise<PartnershipView> {
    const [view] = await this.viewAll([id], tx);
    assert(view, 'a partnership that was just written is gone');
    return view;
  }

  /** Answers the present states in the order asked, and publishes them: each change tells the whole of it. */
  private async viewAll(ids: readonly string[], tx: Tx): Promise<PartnershipView[]> {
    const rows = await tx.query<PartnershipRow>(
      `${SELECT} JOIN unnest($1::uuid[]) WITH ORDINALITY AS asked (id, position) ON asked.id = p.id ORDER BY asked.position`,
      [ids],
    );
    return rows.map(({ json }) => {
      const view = JSON.parse(json) as PartnershipView;
      this.outbox.append(tx, partnershipRecordedMessage(view));
      return view;
    });
  }

  private momentOf({ on }: { on?: string | undefined }): Moment {
    const today = this.clock.today();
    return { on: on ?? today, today, at: this.clock.now() };
  }

  private record(
    partnership: Partnership,
    request: { note?: string | undefined },
    act: Pick<Act, 'tx' | 'call'>,
  ): Promise<void> {
    return this.recordStatuses([partnership], request, act);
  }

  /** Writes the statuses, and keeps them with who and when. */
  private async recordStatuses(
    partnerships: readonly Partnership[],
    { note }: { note?: string | undefined },
    { tx, call }: Pick<Act, 'tx' | 'call'>,
  ): Promise<void> {
    const rows = partnerships.map(({ id, version, status, statusSince, updatedAt }) => ({
      id,
      version,
      status,
      on: statusSince,
      at: updatedAt,
    }));
    await tx.query(
      `INSERT INTO partnership_status_change (partnership_id, sequence, status, effective_on, note, recorded_by, recorded_at)
       SELECT c.id, c.version, c.status, c."on", $2, $3, c.at
       FROM json_to_recordset($1::json) AS c (id uuid, version int, status text, "on" date, at timestamptz)`,
      [JSON.stringify(rows), note ?? null, call.caller.subject],
    );
  }
}

function filtersOf(filter: RequestOf<typeof countPartnerships>): Filters {
  return new Filters()
    .add('p.case_number = ?', filter.caseNumber)
    .add(NAMED, filter.q)
    .add('p.status = ANY (?)', filter.status)
    .add('p.kind = ANY (?)', filter.kind)
    .add(WITH_COUNTRY, filter.country)
    .add(IN_LINE, filter.municipalityId)
    .add(WITH_FIELD, filter.fieldOfAction);
}

function sortColumns(sort: readonly string[]): SortColumn[] {
  return sort.map((term) => {
    const column = SORT[term.replace(/^-/, '')];
    if (!column) throw new AppError('PLATFORM_REQUEST_INVALID');
    return { ...column, descending: term.startsWith('-') };
  });
}
