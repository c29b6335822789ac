import { Injectable } from '@nestjs/common';
import type { Page, ReplyOf, RequestOf } from '#contracts';
import {
  assessExpertRequest,
  correctExpertRequestAssessment,
  type ExpertRequestView,
  listAssessmentCriteria,
} from '#contracts/staffing';
import { Database, type Tx } from '#database';
import type { Act } from '#messaging';
import { Clock, Handle } from '#platform';
import { readRules } from '#rules';
import { type Criterion, weighScores } from './assessment';
import { ASSESSMENT_RULES, CRITERIA } from './assessment-rules';
import { AssessmentStore } from './assessment.rows';
import { act } from './expert-request.act';
import type { Doing, ExpertRequest } from './expert-request.entity';
import { ExpertRequestReader } from './expert-request.reader';
import { SignatureStore } from './signature.rows';

type CriterionView = ReplyOf<typeof listAssessmentCriteria>['items'][number];

/** The independent reviews; the database keeps them unchanged, and takes none by who signed, drafted or checked. */
@Injectable()
export class AssessmentService {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly reader: ExpertRequestReader,
    private readonly signatures: SignatureStore,
    private readonly assessments: AssessmentStore,
  ) {}

  @act(assessExpertRequest, {
    possible: (request, { caller }) => request.assertCanAssess(caller.subject),
    isUnconcerned: (self: AssessmentService, request, act) => self.areOnlyOthersSince(request, act),
  })
  async assess(found: ExpertRequest, request: RequestOf<typeof assessExpertRequest>, { tx, call }: Act): Promise<void> {
    const [at, by] = [this.clock.now(), call.caller.subject];
    const signedBy = (await this.signatures.of(tx, found.id)).map((signature) => signature.signedBy);
    found.assess({ by, at, signedBy });
    await this.record(tx, found, { ...request, by, at, reason: null });
  }

  @act(correctExpertRequestAssessment, {
    possible: (request, { caller }) => request.assertCanCorrectAssessment(caller.subject),
    isUnconcerned: (self: AssessmentService, request, act) => self.areOnlyOthersSince(request, act),
  })
  async correct(
    found: ExpertRequest,
    request: RequestOf<typeof correctExpertRequestAssessment>,
    { tx, call }: Act,
  ): Promise<void> {
    await this.record(tx, found, { ...request, by: call.caller.subject, at: this.clock.now() });
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

  /** Reviewers work side by side: that another one has scored is no reason to refuse a form that was filled in meanwhile. */
  private async areOnlyOthersSince(request: ExpertRequest, { tx, call }: Pick<Act, 'tx' | 'call'>): Promise<boolean> {
    const { expectedVersion: version = 0, caller } = call;
    return this.assessments.areOnlyOthersSince(tx, request, { version, reviewer: caller.subject });
  }

  private async record(
    tx: Tx,
    { id, version }: ExpertRequest,
    given: Doing & Pick<RequestOf<typeof assessExpertRequest>, 'scores' | 'note'> & { reason: string | null },
  ): Promise<void> {
    await this.assessments.add(tx, id, version + 1, {
      ...weighScores(given.scores, await this.criteriaInForce(tx)),
      reviewer: given.by,
      note: given.note ?? null,
      correctionReason: given.reason,
      assessedAt: given.at,
    });
  }

  private async criteriaInForce(tx: Tx): Promise<Criterion[]> {
    const rules = (await readRules(tx, ASSESSMENT_RULES)).inForceOn(this.clock.today());
    const criteria = rules.valueIfAny('weights') ?? [];
    return [...criteria].sort((one, other) => (one.key < other.key ? -1 : 1));
  }
}
