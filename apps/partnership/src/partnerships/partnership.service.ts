import { Injectable } from '@nestjs/common';
import {
  type activatePartnership,
  AppError,
  type createPartnership,
  type listPartnerships,
  type Page,
  type PartnershipSummary,
  type PartnershipView,
  type RequestOf,
  type Side,
} from '#contracts';
import { Database, type SortColumn, type Tx } from '#database';
import { Commands, Outbox } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { ownMunicipality } from '../scope';
import { type AgreementFacts, checkFields, checkParticipants, type Moment, Partnership } from './partnership.entity';
import {
  type PartnershipListRow,
  partnershipRecordedMessage,
  type PartnershipRow,
  partnershipSelect,
  partnershipSummary,
  partnershipSummarySelect,
  partnershipView,
} from './partnership.messages';

type Transition = RequestOf<typeof activatePartnership>;

// $2 is the caller's municipality, null for the offices.
const IS_IN_SCOPE = `($2::uuid IS NULL OR EXISTS (
  SELECT FROM partnership_participant own WHERE own.partnership_id = p.id AND own.municipality_id = $2))`;
const READ_ONE = `${partnershipSelect} WHERE p.id = $1 AND ${IS_IN_SCOPE}`;

const SORT: Readonly<Record<string, SortColumn>> = {
  createdAt: { key: 'createdAt', column: 'p.created_at', type: 'timestamptz' },
  updatedAt: { key: 'updatedAt', column: 'p.updated_at', type: 'timestamptz' },
  statusSince: { key: 'statusSince', column: 'p.status_since', type: 'date' },
};

/** Records partnerships and moves them through their states; each change is published with the full present state. */
@Injectable()
export class PartnershipService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  create(request: RequestOf<typeof createPartnership>, call: Call): Promise<PartnershipView> {
    const municipalityIds = [...new Set(request.participants.map(({ municipalityId }) => municipalityId))];
    return this.commands.run(call, async (tx) => {
      await assertWhole(tx, municipalityIds, request.fieldsOfAction);
      const moment = { today: this.clock.today(), at: this.clock.now() };
      const partnership = Partnership.propose({ ...request, id: request.id ?? newId() }, moment);
      await tx.insert(partnership);
      await tx.query(
        `INSERT INTO partnership_participant (partnership_id, municipality_id, position)
         SELECT $1, id, position FROM unnest($2::uuid[]) WITH ORDINALITY AS listed (id, position)`,
        [partnership.id, municipalityIds],
      );
      await tx.query(
        `INSERT INTO partnership_field (partnership_id, field_key, percent, position)
         SELECT $1, key, percent, position FROM unnest($2::text[], $3::int[]) WITH ORDINALITY AS listed (key, percent, position)`,
        [
          partnership.id,
          request.fieldsOfAction.map(({ key }) => key),
          request.fieldsOfAction.map(({ percent }) => percent),
        ],
      );
      return this.record(tx, partnership, { call, note: undefined });
    });
  }

  async get(partnershipId: string, call: Call): Promise<PartnershipView> {
    const parameters = [partnershipId, ownMunicipality(call)];
    const [row] = await this.database.statement<PartnershipRow>('partnership_get', READ_ONE, parameters);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return partnershipView(row);
  }

  async list(request: RequestOf<typeof listPartnerships>, call: Call): Promise<Page<PartnershipSummary>> {
    const { limit, cursor, sort, q, status, kind, country, municipalityId, fieldOfAction } = request;
    const own = ownMunicipality(call);
    return this.database.page<PartnershipListRow, PartnershipSummary>({
      select: partnershipSummarySelect,
      where: [
        `$1::text IS NULL OR EXISTS (SELECT FROM partnership_participant pp JOIN municipality m ON m.id = pp.municipality_id
           WHERE pp.partnership_id = p.id AND (fold($1) <% m.search_name OR fold($1) % m.search_name))`,
        IS_IN_SCOPE,
        '$3::text[] IS NULL OR p.status = ANY ($3)',
        '$4::text[] IS NULL OR p.kind = ANY ($4)',
        `$5::text[] IS NULL OR EXISTS (SELECT FROM partnership_participant pp JOIN municipality m ON m.id = pp.municipality_id
           WHERE pp.partnership_id = p.id AND m.side = 'PARTNER' AND m.country = ANY ($5))`,
        `$6::uuid IS NULL OR EXISTS (SELECT FROM partnership_participant pp WHERE pp.partnership_id = p.id AND pp.municipality_id = $6)`,
        `$7::text[] IS NULL OR EXISTS (SELECT FROM partnership_field f WHERE f.partnership_id = p.id AND f.field_key = ANY ($7))`,
      ],
      parameters: [
        q ?? null,
        own,
        status ?? null,
        kind ?? null,
        country ?? null,
        municipalityId ?? null,
        fieldOfAction ?? null,
      ],
      sort: order(sort ?? ['-createdAt']),
      idColumn: 'p.id',
      limit,
      cursor,
      filterHash: { q, status, kind, country, municipalityId, fieldOfAction, own },
      items: (rows) => rows.map(partnershipSummary),
    });
  }

  activate(request: Transition, call: Call): Promise<PartnershipView> {
    return this.change(request, call, async (partnership, moment, tx) => {
      const agreements = await tx.query<AgreementFacts>(
        `SELECT kind, valid_from AS "validFrom", valid_to AS "validTo" FROM agreement WHERE partnership_id = $1`,
        [partnership.id],
      );
      partnership.activate(agreements, moment);
    });
  }

  suspend(request: Transition, call: Call): Promise<PartnershipView> {
    return this.change(request, call, (partnership, moment) => partnership.suspend(moment));
  }

  end(request: Transition, call: Call): Promise<PartnershipView> {
    return this.change(request, call, (partnership, moment) => partnership.end(moment));
  }

  private change(
    { partnershipId, on, note }: Transition,
    call: Call,
    apply: (partnership: Partnership, moment: Moment, tx: Tx) => void | Promise<void>,
  ): Promise<PartnershipView> {
    return this.commands.run(call, async (tx) => {
      const partnership = await tx.lockOrFail(Partnership, partnershipId, call.expectedVersion);
      const today = this.clock.today();
      await apply(partnership, { on: on ?? today, today, at: this.clock.now() }, tx);
      await tx.update(partnership);
      return this.record(tx, partnership, { call, note });
    });
  }

  /** Keeps the status with who and when, publishes the state, and answers it. */
  private async record(
    tx: Tx,
    partnership: Partnership,
    { call, note }: { call: Call; note: string | undefined },
  ): Promise<PartnershipView> {
    const { id, version, status, statusSince, updatedAt } = partnership;
    await tx.query(
      `INSERT INTO partnership_status_change (partnership_id, sequence, status, effective_on, note, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, version, status, statusSince, note ?? null, call.caller.subject, updatedAt],
    );
    const [row] = await tx.query<PartnershipRow>(`${partnershipSelect} WHERE p.id = $1`, [id]);
    if (!row) throw new AppError('PLATFORM_INTERNAL_ERROR');
    const view = partnershipView(row);
    this.outbox.append(tx, partnershipRecordedMessage(view));
    return view;
  }
}

async function assertWhole(
  tx: Tx,
  municipalityIds: readonly string[],
  shares: RequestOf<typeof createPartnership>['fieldsOfAction'],
): Promise<void> {
  const found = await tx.query<{ id: string; side: Side }>('SELECT id, side FROM municipality WHERE id = ANY ($1)', [
    municipalityIds,
  ]);
  checkParticipants(municipalityIds, found);
  const known = await tx.query<{ key: string }>('SELECT key FROM field_of_action');
  checkFields(
    shares,
    known.map(({ key }) => key),
  );
}

function order(sort: readonly string[]): SortColumn[] {
  return sort.map((term) => {
    const column = SORT[term.replace(/^-/, '')];
    if (!column) throw new AppError('PLATFORM_REQUEST_INVALID');
    return { ...column, descending: term.startsWith('-') };
  });
}
