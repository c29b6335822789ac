import { z } from 'zod';
import { Day } from '#contracts';
import { MunicipalityKind, PartnershipStatus } from '#contracts/partnership';
import type { ReferenceSet } from '../reference-set';

const source = z.string().min(1);

/** One rule with its switches. The file says what applies in a phase, the code only how it is checked. */
export const EligibilityRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('active-link'), source, statuses: z.array(PartnershipStatus).min(1) }),
  z.strictObject({
    rule: z.literal('german-side'),
    source,
    kinds: z.array(MunicipalityKind).min(1),
    /** Kommunalverbände, if they cooperate with a partner association or serve several partnerships. */
    acceptsAssociations: z.boolean(),
  }),
  z.strictObject({ rule: z.literal('partner-country-dac'), source }),
  z.strictObject({ rule: z.literal('partner-country-german-cooperation'), source, isApplied: z.boolean() }),
]);
export type EligibilityRule = z.infer<typeof EligibilityRule>;

/** The rules of a programme phase: dated configuration. At most one set is valid on a day. */
export const RuleSet = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  version: z.int().positive(),
  validFrom: Day,
  validTo: Day.nullable(),
  source,
  rules: z.array(EligibilityRule).min(1),
});
export type RuleSet = z.infer<typeof RuleSet>;

export const RULE_SETS_SET: ReferenceSet = {
  name: 'eligibility-rule-sets',
  files: ['eligibility_rule_sets.json'],
  edition: 1,
  tables: (content = '') => [
    {
      table: 'eligibility_rule_set',
      key: ['key', 'version'],
      rows: z
        .array(RuleSet)
        .parse(JSON.parse(content))
        .map(({ validFrom, validTo, ...set }) => ({ ...set, valid_from: validFrom, valid_to: validTo })),
    },
  ],
};
