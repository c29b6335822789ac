import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { Day, Id, Instant, Version, Written, Subject } from '../values';
import { READ_PARTNERSHIPS } from './municipality.operations';
import { PARTICIPANTS_MAX } from './partnership.operations';

export const EligibilityRuleId = z
  .enum(['active-link', 'german-side', 'partner-country-dac', 'partner-country-german-cooperation'])
  .meta({ id: 'EligibilityRuleId' });
export type EligibilityRuleId = z.infer<typeof EligibilityRuleId>;

export const Verdict = z.enum(['MET', 'NOT_MET', 'UNDETERMINED', 'NOT_APPLICABLE']).meta({
  id: 'Verdict',
  description:
    'UNDETERMINED: the facts for that day are not known, which counts as not met. NOT_APPLICABLE: switched off in this phase.',
});
export type Verdict = z.infer<typeof Verdict>;

const Fact = Written(1000).nullable();
const Facts = z.array(Written(100)).max(PARTICIPANTS_MAX);

/** What a verdict can rest on; each rule has its own. */
const RuleInput = z.strictObject({
  status: Fact,
  statusSince: Fact,
  periodFrom: Fact,
  periodTo: Fact,
  acceptedStatuses: Facts,
  germanParticipants: Facts,
  acceptedMunicipalities: Facts,
  acceptedKinds: Facts,
  acceptsAssociations: z.boolean(),
  isApplied: z.boolean(),
  partnerCountries: Facts,
  list: Fact,
});
export const RuleOutcome = z
  .strictObject({
    rule: EligibilityRuleId,
    verdict: Verdict,
    source: Written(1000).meta({ description: 'Where the rule comes from' }),
    input: RuleInput.partial().meta({ description: 'The facts the verdict rests on' }),
  })
  .meta({ id: 'RuleOutcome' });
export type RuleOutcome = z.infer<typeof RuleOutcome>;

export const RuleSetReference = z
  .strictObject({
    key: Written(100).meta({ description: 'Programme phase' }),
    version: z.int().positive(),
    validFrom: Day,
    validTo: Day.nullable(),
    source: Written(1000),
  })
  .meta({ id: 'RuleSetReference' });

const outcome = {
  partnershipId: Id,
  partnershipVersion: Version.meta({ description: 'Version of the partnership that was looked at' }),
  on: Day,
  isEligible: z.boolean().meta({ description: 'True when every applicable rule is met' }),
  ruleSet: RuleSetReference,
  rules: z.array(RuleOutcome).max(EligibilityRuleId.options.length),
};

export const EligibilityView = z.strictObject(outcome).meta({ id: 'EligibilityView' });
export type EligibilityView = z.infer<typeof EligibilityView>;

export const EligibilityEvaluationView = z
  .strictObject({
    id: Id,
    version: Version,
    ...outcome,
    evaluatedBy: Subject,
    evaluatedAt: Instant,
  })
  .meta({
    id: 'EligibilityEvaluationView',
    description: 'Stored evidence of an eligibility check; it is never changed.',
  });
export type EligibilityEvaluationView = z.infer<typeof EligibilityEvaluationView>;

export const previewEligibility = operation({
  subject: 'rpc.partnership.eligibility.preview',
  http: { method: 'GET', path: '/partnerships/{partnershipId}/eligibility' },
  summary: 'Check whether a partnership may ask for an expert on a day',
  description:
    'Every rule of the programme phase with source, input and verdict; nothing is stored. Source: docs/domain.md#eligibility.',
  request: z.strictObject({ partnershipId: Id, on: Day.optional().meta({ description: 'Today unless stated' }) }),
  reply: EligibilityView,
  errors: ['PARTNERSHIP_ELIGIBILITY_RULES_MISSING'],
  allow: READ_PARTNERSHIPS,
});

export const evaluateEligibility = operation({
  subject: 'rpc.partnership.eligibility-evaluation.record',
  http: {
    method: 'POST',
    path: '/partnerships/{partnershipId}/eligibility-evaluations',
    success: 201,
    location: '/eligibility-evaluations/{id}',
  },
  summary: 'Check the eligibility of a partnership and keep the answer as evidence',
  description:
    'Stores a negative answer too; isEligible tells. The row holds rule set, version and inputs and cannot be altered.',
  request: z.strictObject({ partnershipId: Id, on: Day.optional().meta({ description: 'Today unless stated' }) }),
  reply: EligibilityEvaluationView,
  errors: ['PARTNERSHIP_ELIGIBILITY_RULES_MISSING'],
  allow: {
    ...grant('any', 'programme-officer', 'adviser'),
    ...grant('own', 'municipality-de', 'municipality-partner'),
  },
  idempotency: 'optional',
});

export const getEligibilityEvaluation = operation({
  subject: 'rpc.partnership.eligibility-evaluation.get',
  http: { method: 'GET', path: '/eligibility-evaluations/{evaluationId}' },
  summary: 'Read the evidence of an eligibility check',
  request: z.strictObject({ evaluationId: Id }),
  reply: EligibilityEvaluationView,
  allow: READ_PARTNERSHIPS,
});
