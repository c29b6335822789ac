import { Injectable } from '@nestjs/common';
import type { Page, ReplyOf, RequestOf } from '#contracts';
import { assessExpertRequest, type ExpertRequestView, listAssessmentCriteria } from '#contracts/staffing';
import { Database, type Tx } from '#database';
import type { Act } from '#messaging';
import { Clock, Handle, newId } from '#platform';
import { readRules } from '#rules';
import { type Criterion, weighScores } from './assessment';
import { ASSESSMENT_RULES, CRITERIA } from './assessment-rules';
import { act } from './expert-request.act';
import type { ExpertRequest } from './expert-request.entity';
import { ExpertRequestReader } from './expert-request.reader';
import { SignatureStore } from './signature.rows';

type CriterionView = ReplyOf<typeof listAssessmentCriteria>['items'][number];

/** The independent reviews; the database keeps them unchanged, one per reviewer, none by a signer. */
@Injectable()
export class AssessmentService {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly reader: ExpertRequestReader,
    private readonly signatures: SignatureStore,
  ) {}

  @act(assessExpertRequest, { possible: (request) => request.assertCanAssess() })
  async assess(found: ExpertRequest, request: RequestOf<typeof assessExpertRequest>, { tx, call }: Act): Promise<void> {
    await this.refuseReviewer(tx, found, call.caller.subject);
    const weighed = weighScores(request.scores, await this.criteriaInForce(tx));
    await tx.execute(
      `INSERT INTO expert_request_assessment
         (id, expert_request_id, reviewer, scores, total_hundredths, note, assessed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        newId(),
        found.id,
        call.caller.subject,
        JSON.stringify(weighed.scores),
        weighed.totalHundredths,
        request.note ?? null,
        this.clock.now(),
      ],
    );
  }

  view({ id }: ExpertRequest, { tx, call }: Act): Promise<ExpertRequestView> {
    return this.reader.within(tx, id, call);
  }

  @Handle(listAssessmentCriteria)
  async criteria(request: RequestOf<typeof listAssessmentCriteria>): Promise<Page<CriterionView>> {
    const on = request.on ?? this.clock.today();
    const [row] = (await readRules(this.database, ASSESSMENT_RULES)).inForceOn(on).rows;
    const criteria = row ? ASSESSMENT_RULES.keys.weights.value.parse(row.value) : [];
    return this.database.page<CriterionView>({
      select: `SELECT criterion, title, weight AS weight_percent, $4::date AS valid_from, $5 AS source
        FROM unnest($1::text[], $2::jsonb[], $3::int[]) AS listed (criterion, title, weight)`,
      parameters: [
        criteria.map(({ key }) => key),
        criteria.map(({ key }) => JSON.stringify(CRITERIA[key])),
        criteria.map(({ weightPercent }) => weightPercent),
        row?.validFrom ?? null,
        row?.source ?? '',
      ],
      sort: [{ key: 'weightPercent', column: 'weight', type: 'int4', descending: true }],
      idColumn: 'md5(criterion)::uuid',
      limit: request.limit,
      cursor: request.cursor,
      filterHash: { list: 'assessment-criteria', on },
    });
  }

  private async refuseReviewer(tx: Tx, request: ExpertRequest, reviewer: string): Promise<void> {
    const assessments = await tx.query<{ reviewer: string }>(
      'SELECT reviewer FROM expert_request_assessment WHERE expert_request_id = $1',
      [request.id],
    );
    const signatures = await this.signatures.of(tx, request.id);
    request.refuseReviewer(reviewer, {
      assessedBy: assessments.map((assessment) => assessment.reviewer),
      signedBy: signatures.map((signature) => signature.signedBy),
    });
  }

  private async criteriaInForce(tx: Tx): Promise<Criterion[]> {
    const rules = (await readRules(tx, ASSESSMENT_RULES)).inForceOn(this.clock.today());
    const criteria = rules.valueIfAny('weights') ?? [];
    return [...criteria].sort((one, other) => (one.key < other.key ? -1 : 1));
  }
}
