import { Injectable } from '@nestjs/common';
import { AppError, type EligibilityEvaluationView, type EligibilityView } from '#contracts';
import { Database, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { ownMunicipality } from '../scope';
import { EligibilityEvaluation } from './eligibility-evaluation.entity';
import { evaluationView } from './eligibility.messages';
import { type EligibilityFacts, evaluate } from './eligibility.rules';
import { RuleSet } from './rule-set';

// $1 partnership, $2 the day, $3 the caller's municipality or null. One statement, so that all facts are of one moment.
const FACTS = `
  SELECT p.version, now_then.status, now_then.effective_on AS "statusSince",
    CASE WHEN p.period_from IS NOT NULL THEN json_build_object('from', p.period_from, 'to', p.period_to) END AS period,
    (SELECT json_agg(json_build_object('municipalityId', m.id, 'side', m.side, 'kind', m.kind, 'country', m.country,
        'dacGroup', dac.group_code, 'isGermanCooperationPartner', partner.country_code IS NOT NULL,
        'partnershipCount', (SELECT count(*) FROM partnership_participant it WHERE it.municipality_id = m.id)) ORDER BY pp.position)
     FROM partnership_participant pp
     JOIN municipality m ON m.id = pp.municipality_id
     LEFT JOIN country_list_entry dac
       ON dac.list = 'DAC' AND dac.country_code = m.country AND daterange(dac.valid_from, dac.valid_to) @> $2::date
     LEFT JOIN country_list_entry partner
       ON partner.list = 'GERMAN_COOPERATION' AND partner.country_code = m.country
       AND daterange(partner.valid_from, partner.valid_to) @> $2::date
     WHERE pp.partnership_id = p.id) AS participants,
    (SELECT source FROM country_list_entry WHERE list = 'DAC' AND daterange(valid_from, valid_to) @> $2::date LIMIT 1) AS "dacListSource",
    (SELECT source FROM country_list_entry WHERE list = 'GERMAN_COOPERATION' AND daterange(valid_from, valid_to) @> $2::date LIMIT 1)
      AS "germanCooperationListSource"
  FROM partnership p
  LEFT JOIN LATERAL (
    SELECT c.status, c.effective_on FROM partnership_status_change c
    WHERE c.partnership_id = p.id AND c.effective_on <= $2::date ORDER BY c.sequence DESC LIMIT 1) now_then ON true
  WHERE p.id = $1 AND ($3::uuid IS NULL OR EXISTS (
    SELECT FROM partnership_participant own WHERE own.partnership_id = p.id AND own.municipality_id = $3))`;

const RULE_SET = `
  SELECT key, version, valid_from AS "validFrom", valid_to AS "validTo", source, rules
  FROM eligibility_rule_set WHERE daterange(valid_from, valid_to) @> $1::date`;

/** Answers whether a partnership may ask for an expert on a day, and keeps answers as evidence. */
@Injectable()
export class EligibilityService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  preview(partnershipId: string, on: string | undefined, call: Call): Promise<EligibilityView> {
    return answer(this.database, { partnershipId, on: on ?? this.clock.today(), own: ownMunicipality(call) });
  }

  /** A negative answer is evidence too: it is stored and returned, not refused. */
  record(partnershipId: string, on: string | undefined, call: Call): Promise<EligibilityEvaluationView> {
    const question = { partnershipId, on: on ?? this.clock.today(), own: ownMunicipality(call) };
    return this.commands.run(call, async (tx) => {
      const view = await answer(tx, question);
      const evaluation = EligibilityEvaluation.of(view, { id: newId(), by: call.caller.subject, at: this.clock.now() });
      await tx.insert(evaluation);
      return evaluationView(evaluation);
    });
  }

  async getEvaluation(evaluationId: string, call: Call): Promise<EligibilityEvaluationView> {
    const evaluation = await this.database.findOrFail(EligibilityEvaluation, evaluationId);
    const own = ownMunicipality(call);
    if (own !== null) {
      const mine = await this.database.query(
        'SELECT FROM partnership_participant WHERE partnership_id = $1 AND municipality_id = $2',
        [evaluation.partnershipId, own],
      );
      if (mine.length === 0) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    }
    return evaluationView(evaluation);
  }
}

interface Question {
  readonly partnershipId: string;
  readonly on: string;
  readonly own: string | null;
}

async function answer(source: Pick<Tx, 'query'>, { partnershipId, on, own }: Question): Promise<EligibilityView> {
  const [row] = await source.query<Omit<EligibilityFacts, 'on'> & { version: number }>(FACTS, [partnershipId, on, own]);
  if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
  const [stored] = await source.query<object>(RULE_SET, [on]);
  if (!stored) throw new AppError('PARTNERSHIP_ELIGIBILITY_RULES_MISSING', { on });
  const { rules, ...ruleSet } = RuleSet.parse(stored);
  const { version, ...facts } = row;
  return { partnershipId, partnershipVersion: version, on, ruleSet, ...evaluate({ rules }, { ...facts, on }) };
}
