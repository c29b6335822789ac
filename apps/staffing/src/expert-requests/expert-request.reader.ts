import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  type ExpertRequestSummary,
  type ExpertRequestView,
  getExpertRequest,
  listExpertRequests,
} from '#contracts/staffing';
import { Database, entityColumns, Filters, type Tx, visibleTo } from '#database';
import { type Call, Handle } from '#platform';
import { sortColumns } from '../sort-columns';
import { EXPERT_REQUEST_OWNERSHIP } from './expert-request.act';
import { ExpertRequest } from './expert-request.entity';
import {
  type ExpertRequestListRow,
  type ExpertRequestRow,
  expertRequestSummary,
  expertRequestView,
  LONG_COLUMNS,
} from './expert-request.messages';

const SORTABLE = {
  createdAt: { column: 'request.created_at', type: 'timestamptz' },
  title: { column: 'request.title', type: 'text' },
} as const;

const SIGNATURES = `(SELECT coalesce(jsonb_agg(jsonb_build_object('partnershipId', signature.partnership_id, 'side', signature.side,
    'municipalityId', signature.municipality_id, 'signedAt', signature.signed_at)
    ORDER BY signature.signed_at, signature.partnership_id), '[]')
  FROM expert_request_signature signature WHERE signature.expert_request_id = request.id) AS signatures`;

/** Reads requests with signatures and assessments, restricted to what the caller may see. */
@Injectable()
export class ExpertRequestReader {
  constructor(private readonly database: Database) {}

  @Handle(getExpertRequest)
  async get({ expertRequestId }: RequestOf<typeof getExpertRequest>, call: Call): Promise<ExpertRequestView> {
    const parameters: unknown[] = [expertRequestId];
    const where = ['request.id = $1', ...visibleTo(call, EXPERT_REQUEST_OWNERSHIP, parameters)];
    return this.one(await this.database.query(`${this.select()} WHERE (${where.join(') AND (')})`, parameters), call);
  }

  /** The request as a running transaction sees it. */
  async within(tx: Tx, id: string, call: Call): Promise<ExpertRequestView> {
    return this.one(await tx.query(`${this.select()} WHERE request.id = $1`, [id]), call);
  }

  @Handle(listExpertRequests)
  async list(request: RequestOf<typeof listExpertRequests>, call: Call): Promise<Page<ExpertRequestSummary>> {
    const { status, partnershipId, sort, limit, cursor } = request;
    const filters = new Filters()
      .add('request.status = ANY (?)', status)
      .add('request.partnership_ids @> ARRAY[?::uuid]', partnershipId);
    return this.database.page<ExpertRequestListRow, ExpertRequestSummary>({
      select: `SELECT ${entityColumns(this.database, ExpertRequest, 'request', LONG_COLUMNS)}, ${SIGNATURES}
        FROM expert_request request`,
      where: [...filters.conditions, ...visibleTo(call, EXPERT_REQUEST_OWNERSHIP, filters.parameters)],
      parameters: filters.parameters,
      sort: sortColumns(SORTABLE, sort ?? ['-createdAt']),
      idColumn: 'request.id',
      limit,
      cursor,
      filterHash: { list: 'expert-requests', status, partnershipId, visible: filters.parameters },
      items: (rows) => rows.map(expertRequestSummary),
    });
  }

  private one(rows: ExpertRequestRow[], call: Call): ExpertRequestView {
    const [row] = rows;
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return expertRequestView(row, call.scope);
  }

  private select(): string {
    return `SELECT ${entityColumns(this.database, ExpertRequest, 'request')}, ${SIGNATURES},
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', assessment.id, 'reviewer', assessment.reviewer,
          'scores', assessment.scores, 'totalHundredths', assessment.total_hundredths, 'note', assessment.note,
          'assessedAt', assessment.assessed_at) ORDER BY assessment.assessed_at, assessment.id), '[]')
        FROM expert_request_assessment assessment WHERE assessment.expert_request_id = request.id) AS assessments
      FROM expert_request request`;
  }
}
