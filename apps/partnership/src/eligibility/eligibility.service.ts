import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import {
  type EligibilityEvaluationView,
  type EligibilityView,
  evaluateEligibility,
  getEligibilityEvaluation,
  previewEligibility,
} from '#contracts/partnership';
import { Database, type Queries, refuseForeign } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { readRules } from '#rules';
import { PARTNERSHIP_OWNERSHIP } from '../participation.rows';
import { EligibilityEvaluation } from './eligibility-evaluation.entity';
import { evaluationView } from './eligibility.messages';
import { type EligibilityFacts, evaluate } from './eligibility.rules';
import { ELIGIBILITY_RULES, phaseOf } from './rule-set';

// $1 partnership, $2 the day. One statement, so that all facts are of one moment.
const FACTS = `
  SELECT p.version, now_then.status, now_then.effective_on AS status_since,
    CASE WHEN p.period_from IS NOT NULL THEN json_build_object('from', p.period_from, 'to', p.period_to) END AS period,
    (SELECT json_agg(json_build_object('municipalityId', m.id, 'side', m.side, 'kind', m.kind, 'country', m.country,
        'dacGroup', dac.value, 'isGermanCooperationPartner', partner.key IS NOT NULL,
        'partnershipCount', (SELECT count(*) FROM partnership_participant it WHERE it.municipality_id = m.id)) ORDER BY pp.position)
     FROM partnership_participant pp
     JOIN municipality m ON m.id = pp.municipality_id
     LEFT JOIN dated_rule dac
       ON dac.rule_set = 'DAC' AND dac.key = m.country AND daterange(dac.valid_from, dac.valid_to) @> $2::date
     LEFT JOIN dated_rule partner
       ON partner.rule_set = 'GERMAN_COOPERATION' AND partner.key = m.country
       AND daterange(partner.valid_from, partner.valid_to) @> $2::date
     WHERE pp.partnership_id = p.id) AS participants,
    (SELECT source FROM dated_rule WHERE rule_set = 'DAC' AND daterange(valid_from, valid_to) @> $2::date LIMIT 1) AS dac_list_source,
    (SELECT source FROM dated_rule WHERE rule_set = 'GERMAN_COOPERATION' AND daterange(valid_from, valid_to) @> $2::date LIMIT 1)
      AS german_cooperation_list_source
  FROM partnership p
  LEFT JOIN LATERAL (
    SELECT c.status, c.effective_on FROM partnership_status_change c
    WHERE c.partnership_id = p.id AND c.effective_on <= $2::date ORDER BY c.sequence DESC LIMIT 1) now_then ON true
  WHERE p.id = $1`;

/** Answers whether a partnership may ask for an expert on a day, and keeps answers as evidence. */
@Injectable()
export class EligibilityService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @Handle(previewEligibility)
  async preview(question: RequestOf<typeof previewEligibility>, call: Call): Promise<EligibilityView> {
    await refuseForeign(this.database, call, { ownership: PARTNERSHIP_OWNERSHIP, id: question.partnershipId });
    return this.answer(this.database, question);
  }

  /** A negative answer is evidence too: it is stored and returned, not refused. */
  @Handle(evaluateEligibility)
  record(question: RequestOf<typeof evaluateEligibility>, call: Call): Promise<EligibilityEvaluationView> {
    return this.commands.run(call, async (tx) => {
      await refuseForeign(tx, call, { ownership: PARTNERSHIP_OWNERSHIP, id: question.partnershipId });
      const view = await this.answer(tx, question);
      const evaluation = EligibilityEvaluation.of(view, { id: newId(), by: call.caller.subject, at: this.clock.now() });
      await tx.insert(evaluation);
      return evaluationView(evaluation);
    });
  }

  @Handle(getEligibilityEvaluation)
  async get(
    { evaluationId }: RequestOf<typeof getEligibilityEvaluation>,
    call: Call,
  ): Promise<EligibilityEvaluationView> {
    const evaluation = await this.database.findOrFail(EligibilityEvaluation, evaluationId);
    await refuseForeign(this.database, call, { ownership: PARTNERSHIP_OWNERSHIP, id: evaluation.partnershipId });
    return evaluationView(evaluation);
  }

  private async answer(
    source: Queries,
    { partnershipId, on = this.clock.today() }: { partnershipId: string; on?: string | undefined },
  ): Promise<EligibilityView> {
    const [row] = await source.query<Omit<EligibilityFacts, 'on'> & { version: number }>(FACTS, [partnershipId, on]);
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const { rules, ...ruleSet } = phaseOf((await readRules(source, ELIGIBILITY_RULES)).inForceOn(on));
    const { version, ...facts } = row;
    return { partnershipId, partnershipVersion: version, on, ruleSet, ...evaluate({ rules }, { ...facts, on }) };
  }
}
