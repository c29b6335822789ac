import { Injectable } from '@nestjs/common';
import type { Page, ReplyOf, RequestOf } from '#contracts';
import { assessExpertRequest, type ExpertRequestView, listAssessmentCriteria } from '#contracts/staffing';
import { Database, type Tx } from '#database';
import type { Act } from '#messaging';
import { Clock, Handle, newId } from '#platform';
import { type Criterion, weighScores } from './assessment';
import { act } from './expert-request.act';
import type { ExpertRequest } from './expert-request.entity';
import { ExpertRequestReader } from './expert-request.reader';
import { SignatureStore } from './signature.store';

type CriterionView = ReplyOf<typeof listAssessmentCriteria>['items'][number];

const IN_FORCE = 'valid_from <= $1::date AND (valid_to IS NULL OR $1::date < valid_to)';

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
  criteria(request: RequestOf<typeof listAssessmentCriteria>): Promise<Page<CriterionView>> {
    const on = request.on ?? this.clock.today();
    return this.database.page<CriterionView>({
      select: `SELECT key AS criterion, jsonb_build_object('de', title_de, 'en', title_en) AS title,
        weight_percent AS "weightPercent", valid_from AS "validFrom", source FROM assessment_criterion`,
      where: [IN_FORCE],
      parameters: [on],
      sort: [{ key: 'weightPercent', column: 'weight_percent', type: 'int4', descending: true }],
      idColumn: 'id',
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

  private criteriaInForce(tx: Tx): Promise<Criterion[]> {
    return tx.query(
      `SELECT key, weight_percent AS "weightPercent" FROM assessment_criterion WHERE ${IN_FORCE} ORDER BY key`,
      [this.clock.today()],
    );
  }
}
