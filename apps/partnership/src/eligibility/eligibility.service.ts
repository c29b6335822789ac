import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import {
  checkEligibility,
  type EligibilityCheck,
  type EligibilityEvaluationView,
  type EligibilityView,
  evaluateEligibility,
  getEligibilityEvaluation,
  OVERRIDING_ROLE,
  previewEligibility,
} from '#contracts/partnership';
import { Database, type Queries, refuseForeign, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { readRules } from '#rules';
import { PARTNERSHIP_OWNERSHIP } from '../participation.rows';
import { EligibilityEvaluation, type Evidence } from './eligibility-evaluation.entity';
import { checkView, evaluationView } from './eligibility.messages';
import { type EligibilityFacts, evaluate } from './eligibility.rules';
import { ELIGIBILITY_RULES, phaseOf } from './rule-set';

/** What a country is on the lists of the day, of the municipality `m`. */
const COUNTRY = `'country', m.country, 'dacGroup', dac.value, 'isGermanCooperationPartner', partner.key IS NOT NULL`;
const LISTS = `
  LEFT JOIN dated_rule dac
    ON dac.rule_set = 'DAC' AND dac.key = m.country AND daterange(dac.valid_from, dac.valid_to) @> $2::date
  LEFT JOIN dated_rule partner
    ON partner.rule_set = 'GERMAN_COOPERATION' AND partner.key = m.country
    AND daterange(partner.valid_from, partner.valid_to) @> $2::date`;

/** Where an expert works or is employed: a municipality of the partner side of any of the partnerships that ask. */
const workplace = (municipalityId: string) => `
  CASE WHEN ${municipalityId}::uuid IS NOT NULL THEN json_build_object('municipalityId', ${municipalityId}::uuid, 'participant',
    (SELECT json_build_object(${COUNTRY}) FROM municipality m ${LISTS}
     WHERE m.id = ${municipalityId}::uuid AND m.side = 'PARTNER' AND EXISTS (SELECT FROM partnership_participant own
       WHERE own.municipality_id = m.id AND own.partnership_id = ANY ($1::uuid[])))) END`;

// $1 partnerships, $2 the day, $3 place of work, $4 employer. One statement, so that all facts are of one moment.
const FACTS = `
  SELECT p.id AS partnership_id, p.version, p.kind, now_then.status, now_then.effective_on AS status_since,
    CASE WHEN p.period_from IS NOT NULL THEN json_build_object('from', p.period_from, 'to', p.period_to) END AS period,
    (SELECT coalesce(json_agg(json_build_object('kind', a.kind, 'validFrom', a.valid_from, 'validTo', a.valid_to)
       ORDER BY a.valid_from, a.signed_on, a.id), '[]') FROM agreement a WHERE a.partnership_id = p.id) AS agreements,
    (SELECT json_agg(json_build_object('municipalityId', m.id, 'side', m.side, 'kind', m.kind, ${COUNTRY},
        'partnershipCount', (SELECT count(*) FROM partnership_participant it WHERE it.municipality_id = m.id)) ORDER BY pp.position)
     FROM partnership_participant pp
     JOIN municipality m ON m.id = pp.municipality_id ${LISTS}
     WHERE pp.partnership_id = p.id) AS participants,
    ${workplace('$3')} AS place_of_work,
    ${workplace('$4')} AS employer,
    (SELECT source FROM dated_rule WHERE rule_set = 'DAC' AND daterange(valid_from, valid_to) @> $2::date LIMIT 1) AS dac_list_source,
    (SELECT source FROM dated_rule WHERE rule_set = 'GERMAN_COOPERATION' AND daterange(valid_from, valid_to) @> $2::date LIMIT 1)
      AS german_cooperation_list_source
  FROM partnership p
  LEFT JOIN LATERAL (
    SELECT c.status, c.effective_on FROM partnership_status_change c
    WHERE c.partnership_id = p.id AND c.effective_on <= $2::date ORDER BY c.sequence DESC LIMIT 1) now_then ON true
  WHERE p.id = ANY ($1::uuid[])`;

/** Partnerships that ask for one expert together, and where the expert is to work. */
interface Question {
  readonly partnershipIds: readonly string[];
  readonly on?: string | undefined;
  readonly placeOfWorkMunicipalityId?: string | undefined;
  readonly employerMunicipalityId?: string | undefined;
}

type FactsRow = Omit<EligibilityFacts, 'on'> & { partnershipId: string; version: number };

/** Answers whether a partnership may ask for an expert on a day, and keeps answers as evidence. */
@Injectable()
export class EligibilityService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  @Handle(previewEligibility)
  async preview({ partnershipId, on }: RequestOf<typeof previewEligibility>, call: Call): Promise<EligibilityView> {
    await refuseForeign(this.database, call, { ownership: PARTNERSHIP_OWNERSHIP, id: partnershipId });
    return theOne(await this.answers(this.database, { partnershipIds: [partnershipId], on }));
  }

  /** A negative answer is evidence too: it is stored and returned, not refused. */
  @Handle(evaluateEligibility)
  record({ partnershipId, on }: RequestOf<typeof evaluateEligibility>, call: Call): Promise<EligibilityEvaluationView> {
    return this.commands.run(call, async (tx) => {
      await refuseForeign(tx, call, { ownership: PARTNERSHIP_OWNERSHIP, id: partnershipId });
      const answers = await this.answers(tx, { partnershipIds: [partnershipId], on });
      return evaluationView(theOne(await this.store(tx, answers, { by: call.caller.subject })), call.scope);
    });
  }

  @Handle(checkEligibility)
  check(request: RequestOf<typeof checkEligibility>, call: Call): Promise<EligibilityCheck> {
    const { step, overrideReason: reason, overrideReference: reference, ...question } = request;
    const { subject, roles } = call.caller;
    if (reason !== undefined && !roles.includes(OVERRIDING_ROLE)) {
      throw new AppError('PLATFORM_ACTION_NOT_ALLOWED', undefined, { reason: `an override needs ${OVERRIDING_ROLE}` });
    }
    const override = reason === undefined ? undefined : { reason, reference };
    return this.commands.run(call, async (tx) => {
      const on = this.clock.today();
      const answers = await this.answers(tx, { ...question, on });
      return checkView(await this.store(tx, answers, { by: subject, step, override }), { step, on });
    });
  }

  @Handle(getEligibilityEvaluation)
  async get(
    { evaluationId }: RequestOf<typeof getEligibilityEvaluation>,
    call: Call,
  ): Promise<EligibilityEvaluationView> {
    const evaluation = await this.database.findOrFail(EligibilityEvaluation, evaluationId);
    await refuseForeign(this.database, call, { ownership: PARTNERSHIP_OWNERSHIP, id: evaluation.partnershipId });
    return evaluationView(evaluation, call.scope);
  }

  /** One answer for each partnership, in the order of the question. */
  private async answers(source: Queries, question: Question): Promise<EligibilityView[]> {
    const { partnershipIds, on = this.clock.today(), placeOfWorkMunicipalityId, employerMunicipalityId } = question;
    const rows = await source.query<FactsRow>(FACTS, [
      partnershipIds,
      on,
      placeOfWorkMunicipalityId ?? null,
      employerMunicipalityId ?? null,
    ]);
    const found = partnershipIds.flatMap((id) => rows.find((row) => row.partnershipId === id) ?? []);
    if (found.length < partnershipIds.length) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const { rules, ...ruleSet } = phaseOf((await readRules(source, ELIGIBILITY_RULES)).inForceOn(on));
    return found.map(({ partnershipId, version, ...facts }) => ({
      partnershipId,
      partnershipVersion: version,
      on,
      ruleSet,
      ...evaluate({ rules }, { ...facts, on }),
    }));
  }

  private async store(
    tx: Tx,
    answers: readonly EligibilityView[],
    asked: Omit<Evidence, 'id' | 'at'>,
  ): Promise<EligibilityEvaluation[]> {
    const at = this.clock.now();
    const evaluations = answers.map((view) => EligibilityEvaluation.of(view, { ...asked, id: newId(), at }));
    for (const evaluation of evaluations) await tx.insert(evaluation);
    return evaluations;
  }
}

function theOne<T>([answer]: readonly T[]): T {
  assert(answer, 'no answer about a partnership that was found');
  return answer;
}
