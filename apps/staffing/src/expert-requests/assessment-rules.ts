import { z } from 'zod';
import type { RuleFile, RuleKey, RuleSet } from '#rules';
import type { Criterion } from './assessment';

/** Names of the criteria; their weights are dated. */
export const CRITERIA = {
  RELEVANCE: { de: 'Relevanz', en: 'Relevance' },
  COHERENCE: { de: 'Kohärenz mit Plänen des Partners', en: "Coherence with the partner's plans" },
  EFFECTIVENESS: { de: 'Wirkungslogik', en: 'Effectiveness of the results logic' },
  PARTNER_CAPACITY: { de: 'Kapazität und Eigenverantwortung des Partners', en: 'Partner capacity and ownership' },
  SUSTAINABILITY: { de: 'Nachhaltigkeit', en: 'Sustainability' },
  COST_EFFECTIVENESS: { de: 'Wirtschaftlichkeit', en: 'Cost-effectiveness' },
  CROSS_CUTTING: { de: 'Querschnittsthemen', en: 'Gender, leave no one behind, climate' },
  RISK: { de: 'Risiken', en: 'Risk' },
  PARTNERSHIP_QUALITY: { de: 'Qualität der Partnerschaft', en: 'Quality of the partnership' },
  BANKABLE_POTENTIAL: { de: 'Aussicht auf ein finanzierungsfähiges Projekt', en: 'Chance of a bankable project' },
} as const;
type CriterionKey = keyof typeof CRITERIA;

const Weight = z.string().regex(/^[1-9]\d?$/);
const Weights = z
  .string()
  .transform((text) => Object.fromEntries(text.split(' ').map((part) => part.split('='))) as unknown)
  .pipe(z.partialRecord(z.enum(Object.keys(CRITERIA) as CriterionKey[]), Weight))
  .transform((weights) =>
    Object.entries(weights).map(([key, weight]) => ({ key: key as CriterionKey, weightPercent: Number(weight) })),
  )
  .refine(
    (criteria) => criteria.reduce((sum, { weightPercent }) => sum + weightPercent, 0) === 100,
    'must add up to 100',
  );

/** All weights are one row, so that they add up on every day: `RELEVANCE=60 RISK=40`. */
const weights: RuleKey<(Criterion & { readonly key: CriterionKey })[]> = { units: ['PERCENT'], value: Weights };

/** By which criteria a request is assessed. Source: docs/domain.md#assessment. */
export const ASSESSMENT_RULES: RuleSet<{ weights: typeof weights }> = { name: 'ASSESSMENT', keys: { weights } };

export const ASSESSMENT_RULE_FILE: RuleFile = {
  path: 'apps/staffing/data/assessment-rules.csv',
  sets: [ASSESSMENT_RULES],
  rowsMax: 100,
};
