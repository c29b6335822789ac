import { z } from 'zod';
import { operation } from '../operation';
import { grant, type Role } from '../roles';
import { Day, Id, Instant, Line, Subject, Text, Version, Written } from '../values';
import { READ_PARTNERSHIPS } from './municipality.operations';
import { PARTICIPANTS_MAX } from './partnership.operations';

export const EligibilityRuleId = z
  .enum([
    'active-link',
    'agreement-in-force',
    'german-side',
    'partner-country-dac',
    'partner-country-german-cooperation',
    'place-of-work',
    'employer',
  ])
  .meta({ id: 'EligibilityRuleId' });
export type EligibilityRuleId = z.infer<typeof EligibilityRuleId>;

export const Verdict = z.enum(['MET', 'NOT_MET', 'UNDETERMINED', 'NOT_APPLICABLE']).meta({
  id: 'Verdict',
  description:
    'UNDETERMINED: the facts for that day are not known, which counts as not met. NOT_APPLICABLE: switched off in this phase, or nothing was named that the rule asks about.',
});
export type Verdict = z.infer<typeof Verdict>;

const Fact = Written(1000).nullable();
const Facts = z.array(Written(100)).max(PARTICIPANTS_MAX);

/** Agreements that one verdict shows: the latest. */
export const AGREEMENTS_SHOWN = 10;

/** What a verdict can rest on; each rule has its own. */
const RuleInput = z.strictObject({
  status: Fact,
  statusSince: Fact,
  periodFrom: Fact,
  periodTo: Fact,
  acceptedStatuses: Facts,
  kind: Fact,
  agreements: z.array(Written(100)).max(AGREEMENTS_SHOWN),
  germanParticipants: Facts,
  acceptedMunicipalities: Facts,
  acceptedKinds: Facts,
  acceptsAssociations: z.boolean(),
  isApplied: z.boolean(),
  partnerCountries: Facts,
  list: Fact,
  municipality: Fact,
  lists: z.array(Written(100)).max(2),
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

export const EligibilityStep = z.enum(['SUBMISSION', 'SELECTION', 'PLAN', 'COVER', 'EXTENSION', 'SHARE_CHANGE']).meta({
  id: 'EligibilityStep',
  description: 'What the answer decides: each step asks again, on the facts of its day',
});
export type EligibilityStep = z.infer<typeof EligibilityStep>;

const REASON_MAX = 2_000;
const REFERENCE_MAX = 500;

/** Who may go on although a rule is not met. */
export const OVERRIDING_ROLE = 'programme-officer' satisfies Role;

/** What a request says to go on although a rule is not met; without effect when all are met. */
export const overrideMembers = {
  overrideReason: Text(REASON_MAX).optional().meta({
    description:
      'Why the step is taken although a rule of eligibility is not met: a programme officer only, kept with the evaluations as evidence',
  }),
  overrideReference: Line(REFERENCE_MAX)
    .optional()
    .meta({ description: 'Document or decision that the override rests on' }),
};

const OverrideView = z.strictObject({
  reason: Written(REASON_MAX).nullable().meta({ description: "Null but for the fund's own people" }),
  reference: Written(REFERENCE_MAX).nullable(),
  by: Subject,
});

export const EligibilityEvaluationView = z
  .strictObject({
    id: Id,
    version: Version,
    ...outcome,
    step: EligibilityStep.nullable().meta({ description: 'Null for a check that decided nothing' }),
    override: OverrideView.nullable(),
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

/** Partnerships that may ask for one expert together. */
export const JOINT_PARTNERSHIPS_MAX = 20;
/** Unmet rules that one check shows; the evaluations hold all of them. */
export const UNMET_RULES_SHOWN = 20;

export const EligibilityCheck = z
  .strictObject({
    step: EligibilityStep,
    on: Day,
    isEligible: z.boolean().meta({ description: 'True when every partnership meets every applicable rule' }),
    evaluations: z
      .array(z.strictObject({ partnershipId: Id, evaluationId: Id }))
      .max(JOINT_PARTNERSHIPS_MAX)
      .meta({ description: 'The evidence: one evaluation for each partnership, on its own account' }),
    unmet: z
      .array(
        z.strictObject({
          partnershipId: Id,
          rule: EligibilityRuleId,
          verdict: Verdict.extract(['NOT_MET', 'UNDETERMINED']),
          facts: Written(300).meta({ description: 'What the verdict rests on' }),
        }),
      )
      .max(UNMET_RULES_SHOWN),
    override: OverrideView.nullable(),
  })
  .meta({
    id: 'EligibilityCheck',
    description: 'Whether the partnerships of one request may take a step, with the evidence.',
  });
export type EligibilityCheck = z.infer<typeof EligibilityCheck>;

export const checkEligibility = operation({
  subject: 'rpc.partnership.eligibility-check.record',
  http: { method: 'POST', path: '/eligibility-checks' },
  summary: 'Check today whether partnerships that ask together may take a step, and keep the answers as evidence',
  description:
    'Each partnership is evaluated on its own account, all on the facts of one moment. Place of work and employer must take part on the partner side and be in a country on the lists themselves. Staffing asks this at submission, selection, planning, fund cover, extension and change of the share (docs/domain.md#eligibility).',
  request: z.strictObject({
    step: EligibilityStep,
    partnershipIds: z
      .array(Id)
      .min(1)
      .max(JOINT_PARTNERSHIPS_MAX)
      .refine((ids) => new Set(ids).size === ids.length, 'names a partnership twice'),
    placeOfWorkMunicipalityId: Id,
    employerMunicipalityId: Id.optional().meta({ description: 'Once it is known' }),
    ...overrideMembers,
  }),
  reply: EligibilityCheck,
  errors: ['PARTNERSHIP_ELIGIBILITY_RULES_MISSING'],
  allow: grant('any', 'programme-officer', 'adviser'),
  // Any town of a shared request may submit it: staffing has found that the request is the caller's.
  allowThrough: { staffing: grant('any', 'municipality-de', 'municipality-partner') },
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
