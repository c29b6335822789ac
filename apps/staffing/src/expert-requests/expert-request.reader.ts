import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  type ExpertRequestSummary,
  type ExpertRequestView,
  getExpertRequest,
  listExpertRequests,
  REVIEWERS,
} from '#contracts/staffing';
import { Database, entityColumns, Filters, type Tx, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { sortColumns } from '../sort-columns';
import { EXPERT_REQUEST_OWNERSHIP, INVITATION_OWNERSHIP } from './expert-request.act';
import { ExpertRequest } from './expert-request.entity';
import {
  type ExpertRequestListRow,
  type ExpertRequestRow,
  expertRequestSummary,
  expertRequestView,
  LONG_COLUMNS,
} from './expert-request.messages';
import { FUND_MUST_ACT } from './waiting.rules';

const SORTABLE = {
  createdAt: { column: 'request.created_at', type: 'timestamptz' },
  title: { column: 'request.title', type: 'text' },
  waitingSince: { column: 'request.waiting_since', type: 'timestamptz' },
} as const;

const SIGNATURES = `(SELECT coalesce(jsonb_agg(jsonb_build_object('partnershipId', signature.partnership_id, 'side', signature.side,
    'municipalityId', signature.municipality_id, 'signedAt', signature.signed_at)
    ORDER BY signature.signed_at, signature.partnership_id), '[]')
  FROM expert_request_signature signature WHERE signature.expert_request_id = request.id) AS signatures`;

const TITLED = '(fold(?) <% fold(request.title) OR fold(?) % fold(request.title))';

/** As `ExpertRequest.assertCanAssess` says it of one request. */
const TO_ASSESS = `request.status = 'ASSESSMENT' AND cardinality(request.reviewed_by) < ${REVIEWERS}
  AND ? <> ALL (request.created_by || request.drafted_by || request.checked_by || request.reviewed_by)`;

/** The roles in which somebody must act next; `waiting.rules.ts` says the same of one request. */
const WAITED_FOR = `CASE
  WHEN request.status = 'DRAFT' THEN (
    SELECT coalesce(array_agg(DISTINCT asked.side), '{APPLICANTS}')
    FROM unnest(request.partnership_ids) AS its (partnership_id) CROSS JOIN unnest(ARRAY['DE', 'PARTNER']) AS asked (side)
    WHERE NOT EXISTS (SELECT FROM expert_request_signature given WHERE given.expert_request_id = request.id
      AND given.partnership_id = its.partnership_id AND given.side = asked.side))
  WHEN request.status = 'RETURNED' THEN '{APPLICANTS}'::text[]
  WHEN request.status IN (${FUND_MUST_ACT.map((status) => `'${status}'`).join(', ')}) THEN '{FUND}'::text[]
  ELSE '{}'::text[] END`;

/** Reads requests with signatures and assessments, restricted to what the caller may see. */
@Injectable()
export class ExpertRequestReader {
  constructor(private readonly database: Database) {}

  /** The request itself, to decide before a transaction what another service is asked; for those who see all of them. */
  find(id: string): Promise<ExpertRequest> {
    return this.database.findOrFail(ExpertRequest, id);
  }

  @Handle(getExpertRequest)
  async get({ expertRequestId }: RequestOf<typeof getExpertRequest>, call: Call): Promise<ExpertRequestView> {
    const parameters: unknown[] = [expertRequestId];
    const where = ['request.id = $1', ...visibleTo(call, INVITATION_OWNERSHIP, parameters)];
    return this.one(await this.database.query(`${this.select()} WHERE (${where.join(') AND (')})`, parameters), call);
  }

  /** The request as a running transaction sees it. */
  async within(tx: Tx, id: string, call: Call): Promise<ExpertRequestView> {
    return this.one(await tx.query(`${this.select()} WHERE request.id = $1`, [id]), call);
  }

  @Handle(listExpertRequests)
  async list(request: RequestOf<typeof listExpertRequests>, call: Call): Promise<Page<ExpertRequestSummary>> {
    const { sort, limit, cursor, ...filter } = request;
    const filters = new Filters()
      .add('request.case_number = ?', filter.caseNumber)
      .add(TITLED, filter.q)
      .add('request.status = ANY (?)', filter.status)
      .add('request.partnership_ids @> ARRAY[?::uuid]', filter.partnershipId)
      .add(`${WAITED_FOR} && ?::text[]`, filter.waitingFor)
      .add(`request.waiting_since < ?::timestamptz AND ${WAITED_FOR} <> '{}'`, filter.waitingSinceBefore)
      .add(`(cardinality(request.reviewed_by) >= ${REVIEWERS}) = ?`, filter.areAllReviewersIn)
      .add('request.selected_alone = ?', filter.selectedAlone);
    if (filter.isMineToAssess !== undefined) {
      filters.add(filter.isMineToAssess ? TO_ASSESS : `NOT (${TO_ASSESS})`, call.caller.subject);
    }
    return this.database.page<ExpertRequestListRow, ExpertRequestSummary>({
      select: `SELECT ${entityColumns(this.database, ExpertRequest, 'request', LONG_COLUMNS)}, ${SIGNATURES}
        FROM expert_request request`,
      where: [...filters.conditions, ...visibleTo(call, EXPERT_REQUEST_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: sortColumns(SORTABLE, sort ?? ['-createdAt']),
      idColumn: 'request.id',
      limit,
      cursor,
      filterHash: { list: 'expert-requests', ...filter, visible: filters.parameters },
      items: (rows) => rows.map(expertRequestSummary),
    });
  }

  private one(rows: ExpertRequestRow[], call: Call): ExpertRequestView {
    const [row] = rows;
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return expertRequestView(row, call);
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, ExpertRequest, 'request')}, ${SIGNATURES},
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', assessment.id, 'reviewer', assessment.reviewer,
          'scores', assessment.scores, 'totalHundredths', assessment.total_hundredths, 'note', assessment.note,
          'assessedAt', assessment.assessed_at, 'revision', assessment.revision,
          'correctionReason', assessment.correction_reason) ORDER BY assessment.assessed_at, assessment.id), '[]')
        FROM expert_request_assessment assessment WHERE assessment.expert_request_id = request.id
          AND NOT EXISTS (SELECT FROM expert_request_assessment later WHERE later.expert_request_id = request.id
            AND later.reviewer = assessment.reviewer AND later.revision > assessment.revision)) AS assessments
      FROM expert_request request`;
  }
}
