import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  changePartnership,
  listPartnershipChanges,
  type PartnershipChangeView,
  type PartnershipView,
} from '#contracts/partnership';
import { Database, jsonOf, jsonText, type Tx } from '#database';
import type { Act } from '#messaging';
import { type Call, Clock, Handle, type JsonReply } from '#platform';
import { ParticipationReader } from './participation.reader';
import { act } from './partnership.act';
import type { Partnership } from './partnership.entity';
import { PartnershipService } from './partnership.service';
import { agreementsOf, assertWhole, refuseDuplicates, writeParts } from './partnership.rows';

type Content = PartnershipChangeView['before'];

const { asItIs, instant, plain } = jsonOf;
const CHANGE = jsonText({
  sequence: asItIs('c.sequence'),
  on: plain('c.effective_on'),
  reason: plain('c.reason'),
  before: asItIs('c.said_before'),
  after: asItIs('c.said_after'),
  recordedBy: plain('c.recorded_by'),
  recordedAt: instant('c.recorded_at'),
});

/** Changes and corrects what partnerships say; what one said before is kept. */
@Injectable()
export class PartnershipChangeService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly partnerships: PartnershipService,
    private readonly participation: ParticipationReader,
  ) {}

  @act(changePartnership, { possible: (partnership) => partnership.assertCanChange() })
  async change(
    partnership: Partnership,
    request: RequestOf<typeof changePartnership>,
    { tx, call }: Act,
  ): Promise<void> {
    const { partnershipId: id, kind, on = this.clock.today(), reason } = request;
    const before = await said(tx, id);
    const municipalityIds = [...new Set(request.participants.map(({ municipalityId }) => municipalityId))];
    const parts = { id, municipalityIds, fieldsOfAction: request.fieldsOfAction };
    await assertWhole(tx, [parts]);
    await refuseNeeded(tx, id, municipalityIds);
    const isOtherLink = kind !== before.kind || !isDeepStrictEqual(municipalityIds, idsOf(before));
    if (isOtherLink && request.duplicateReason === undefined)
      await refuseDuplicates(tx, [{ id, kind, municipalityIds }]);
    partnership.change(request, await agreementsOf(tx, id), {
      on,
      today: this.clock.today(),
      at: this.clock.now(),
    });
    await tx.update(partnership);
    await tx.query('DELETE FROM partnership_participant WHERE partnership_id = $1', [id]);
    await tx.query('DELETE FROM partnership_field WHERE partnership_id = $1', [id]);
    await writeParts(tx, [parts]);
    const after = await said(tx, id);
    if (isDeepStrictEqual(before, after)) throw new AppError('PARTNERSHIP_CHANGE_EMPTY');
    await tx.query(
      `INSERT INTO partnership_change (partnership_id, sequence, effective_on, reason, said_before, said_after, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        partnership.version,
        on,
        reason,
        JSON.stringify(before),
        JSON.stringify(after),
        call.caller.subject,
        partnership.updatedAt,
      ],
    );
  }

  view(partnership: Partnership, act: Act): Promise<PartnershipView> {
    return this.partnerships.view(partnership, act);
  }

  @Handle(listPartnershipChanges)
  async list(
    { partnershipId, limit, cursor }: RequestOf<typeof listPartnershipChanges>,
    call: Call,
  ): Promise<JsonReply<Page<PartnershipChangeView>>> {
    await this.participation.assertVisible(partnershipId, call);
    return this.database.jsonPage<PartnershipChangeView>({
      select: `SELECT ${CHANGE} AS json FROM partnership_change c`,
      where: ['c.partnership_id = $1'],
      parameters: [partnershipId],
      sort: [{ key: 'sequence', column: 'c.sequence', type: 'int4', descending: true }],
      idColumn: 'c.partnership_id',
      limit,
      cursor,
      filterHash: { list: 'partnership-changes', partnershipId },
    });
  }
}

/** What it says now, as the tables have it: the row shows it once the change is recorded. */
async function said(tx: Tx, partnershipId: string): Promise<Content> {
  const [row] = await tx.query<{ said: Content }>(
    `SELECT json_build_object('kind', p.kind, 'participants', (
         SELECT json_agg(json_build_object('municipalityId', m.id, 'name', m.name) ORDER BY pp.position)
         FROM partnership_participant pp JOIN municipality m ON m.id = pp.municipality_id WHERE pp.partnership_id = p.id),
       'languages', p.languages, 'fieldsOfAction', partnership_fields(p.id),
       'period', CASE WHEN p.period_from IS NOT NULL THEN json_build_object('from', p.period_from, 'to', p.period_to) END) AS said
     FROM partnership p WHERE p.id = $1`,
    [partnershipId],
  );
  assert(row, 'a partnership that is locked is gone');
  return row.said;
}

function idsOf({ participants }: Content): string[] {
  return participants.map(({ municipalityId }) => municipalityId);
}

/** Who leaves carries no project of the partnership that is still prepared or built. */
async function refuseNeeded(tx: Tx, partnershipId: string, staying: readonly string[]): Promise<void> {
  const projects = await tx.query<{ id: string; municipalityId: string }>(
    `SELECT id, owner_municipality_id AS municipality_id FROM project
     WHERE partnership_id = $1 AND owner_municipality_id <> ALL ($2::uuid[])
       AND status NOT IN ('ABANDONED', 'HANDED_OVER', 'COMPLETED') ORDER BY created_at LIMIT 1`,
    [partnershipId, staying],
  );
  const [project] = projects;
  if (project)
    throw new AppError('PARTNERSHIP_PARTICIPANT_NEEDED', {
      municipalityId: project.municipalityId,
      projectId: project.id,
    });
}
