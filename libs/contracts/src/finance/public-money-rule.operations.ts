import { z } from 'zod';
import { RuleMark } from '../rule.operations';
import { operation } from '../operation';
import { EVERY_PERSON, grant } from '../roles';
import { Day, Id, Line, Version, csv, pageOf, pageQuery, Written, Code } from '../values';
import { RULES_MAX } from './cost-plan.operations';

/**
 * Which texts bind a drawdown, proof or claim; chosen per approval, never assumed. No rule text of the expert fund itself was
 * found: the sets are those of comparable German grant lines (docs/domain.md#rule-sets).
 */
export const RULE_SETS = ['FEDERAL_GENERAL', 'BENGO', 'BENGO_OLDER', 'ANBEST_GK_OLDER', 'BAVARIA'] as const;
export const RuleSet = z.enum(RULE_SETS).meta({ id: 'PublicMoneyRuleSet' });
export type RuleSet = z.infer<typeof RuleSet>;

/** Where the money is spent: inside SEPA on that day, or not. One drawdown can have both, with two deadlines. */
export const SpendingPlace = z.enum(['SEPA', 'NON_SEPA']).meta({ id: 'SpendingPlace' });
export type SpendingPlace = z.infer<typeof SpendingPlace>;

export const PublicMoneyRuleView = z
  .strictObject({
    id: Written(200),
    ruleSet: RuleSet,
    key: Written(100),
    value: Written(40),
    unit: z.enum(['WEEKS', 'MONTHS', 'YEARS', 'PERCENT', 'PERCENTAGE_POINTS', 'EUR', 'DAY_COUNT', 'MONTH_AND_DAY']),
    validFrom: Day,
    validTo: Day.nullable().meta({ description: 'First day it no longer holds; null: in force' }),
    source: Written(700),
    mark: RuleMark,
  })
  .meta({ id: 'PublicMoneyRuleView' });
export type PublicMoneyRuleView = z.infer<typeof PublicMoneyRuleView>;

export const listPublicMoneyRules = operation({
  subject: 'rpc.finance.public-money-rule.list',
  http: { method: 'GET', path: '/public-money-rules' },
  summary: 'Spending windows, due dates, interest and thresholds as dated rules with their source',
  request: z.strictObject({ ruleSet: csv(RuleSet).optional(), on: Day.optional() }),
  reply: z.strictObject({ items: z.array(PublicMoneyRuleView).max(RULES_MAX) }),
  allow: EVERY_PERSON,
});

export const BaseRateView = z
  .strictObject({
    id: Id,
    version: Version,
    validFrom: Day.meta({ description: '1 January or 1 July; holds until the next recorded one' }),
    percent: Written(20).meta({ description: 'Percent per year, may be negative, all decimals' }),
    source: Written(700),
    mark: z.enum(['FOUND', 'GENERAL_KNOWLEDGE']).meta({
      description:
        'GENERAL_KNOWLEDGE: came with the product and is to be compared with the Bundesbank; FOUND: recorded from its source',
    }),
    correctsId: Id.nullable().meta({ description: 'The rate that this one replaces from now on' }),
  })
  .meta({ id: 'BaseRateView', description: 'Basiszinssatz (BGB 247), set anew on 1 January and 1 July.' });
export type BaseRateView = z.infer<typeof BaseRateView>;

export const recordBaseRate = operation({
  subject: 'rpc.finance.base-rate.record',
  http: { method: 'POST', path: '/base-rates', success: 201 },
  summary: 'Record the base rate of a half-year as the Bundesbank published it',
  description:
    'Rates are added, never changed; a correction names the rate of the same half-year that it replaces, also where it confirms one that came with the product. Interest that runs into a half-year without its own rate is provisional.',
  request: z.strictObject({
    validFrom: Day.regex(/-(01|07)-01$/, '1 January or 1 July'),
    percent: Code(8, /^-?\d{1,2}(\.\d{1,4})?$/, 'a percentage such as "1.27"'),
    source: Line(200),
    correctsId: Id.optional(),
  }),
  reply: BaseRateView,
  errors: ['FINANCE_BASE_RATE_EXISTS', 'FINANCE_BASE_RATE_CORRECTION_MISMATCH'],
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
});

export const listBaseRates = operation({
  subject: 'rpc.finance.base-rate.list',
  http: { method: 'GET', path: '/base-rates' },
  summary: 'Base rates with validity and source, newest first',
  request: z.strictObject({ ...pageQuery }),
  reply: pageOf(BaseRateView),
  allow: EVERY_PERSON,
});
