import { z } from 'zod';
import { MunicipalityKind, PartnershipStatus } from '#contracts/partnership';
import { count, type RuleFile, type RuleKey, type RuleSet, type RulesInForce, someOf, yesOrNo } from '#rules';

const phase: RuleKey<string> = { units: ['PHASE'], value: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/) };

/** What applies in a phase; the code only says how it is checked. */
const keys = {
  phase,
  'phase-version': count('COUNT'),
  'active-link': someOf(PartnershipStatus.options, 'PARTNERSHIP_STATUS'),
  'german-side': someOf(MunicipalityKind.options, 'MUNICIPALITY_KIND'),
  /** Kommunalverbände, if they cooperate with a partner association or serve several partnerships. */
  'german-side-associations': yesOrNo(),
  'partner-country-dac': yesOrNo(),
  'partner-country-german-cooperation': yesOrNo(),
  'agreement-in-force': yesOrNo(),
  'place-of-work': yesOrNo(),
  employer: yesOrNo(),
};

/** The rules of the programme phases. Source: docs/domain.md#eligibility. */
export const ELIGIBILITY_RULES: RuleSet<typeof keys> = {
  name: 'ELIGIBILITY',
  keys,
  missing: 'PARTNERSHIP_ELIGIBILITY_RULES_MISSING',
};

export const ELIGIBILITY_RULE_FILE: RuleFile = {
  path: 'apps/partnership/data/eligibility-rules.csv',
  sets: [ELIGIBILITY_RULES],
  rowsMax: 200,
};

/** The phase of a day, with its rules. */
export type Phase = ReturnType<typeof phaseOf>;

/** One rule with its switches. */
export type EligibilityRule = Phase['rules'][number];

export function phaseOf(rules: RulesInForce<RuleSet<typeof keys>>) {
  const { validFrom, validTo, source } = rules.row('phase');
  const sourceOf = (key: keyof typeof keys) => rules.row(key).source;
  // What the phase asks of the partners' countries, it asks of the countries where the expert works and is employed.
  const lists = {
    dac: rules.value('partner-country-dac'),
    germanCooperation: rules.value('partner-country-german-cooperation'),
  };
  const workplace = <Rule extends 'place-of-work' | 'employer'>(rule: Rule) => ({
    rule,
    source: sourceOf(rule),
    isApplied: rules.value(rule),
    lists,
  });
  return {
    key: rules.value('phase'),
    version: rules.value('phase-version'),
    validFrom,
    validTo,
    source,
    rules: [
      { rule: 'active-link' as const, source: sourceOf('active-link'), statuses: rules.value('active-link') },
      {
        rule: 'agreement-in-force' as const,
        source: sourceOf('agreement-in-force'),
        isApplied: rules.value('agreement-in-force'),
      },
      {
        rule: 'german-side' as const,
        source: sourceOf('german-side'),
        kinds: rules.value('german-side'),
        acceptsAssociations: rules.value('german-side-associations'),
      },
      {
        rule: 'partner-country-dac' as const,
        source: sourceOf('partner-country-dac'),
        isApplied: lists.dac,
      },
      {
        rule: 'partner-country-german-cooperation' as const,
        source: sourceOf('partner-country-german-cooperation'),
        isApplied: lists.germanCooperation,
      },
      workplace('place-of-work'),
      workplace('employer'),
    ],
  };
}
