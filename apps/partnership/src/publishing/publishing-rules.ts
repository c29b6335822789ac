import { CountryCode } from '#contracts';
import { count, type MemberSet, oneOf, type RuleFile, type RuleSet } from '#rules';

/** How exactly a place may be told: the town, its country only, or nothing at all. */
export const PLACE_PRECISIONS = ['TOWN', 'COUNTRY', 'NONE'] as const;
export type PlacePrecision = (typeof PLACE_PRECISIONS)[number];

const precision = oneOf(PLACE_PRECISIONS, 'PLACE_PRECISION');
const assignments = count('COUNT');

export const PUBLISHING: RuleSet<{ 'assignments-per-sum': typeof assignments; 'place-elsewhere': typeof precision }> = {
  name: 'PUBLISHING',
  keys: { 'assignments-per-sum': assignments, 'place-elsewhere': precision },
  missing: 'PARTNERSHIP_PUBLISHING_RULES_MISSING',
};

export const PUBLISHED_PLACES: MemberSet<PlacePrecision> = {
  name: 'PUBLISHED_PLACES',
  keys: {},
  members: { form: CountryCode, rule: precision },
};

/** What the public may know of places and money. Source: docs/domain.md#publishing. */
export const PUBLISHING_RULE_FILE: RuleFile = {
  path: 'apps/partnership/data/publishing-rules.csv',
  sets: [PUBLISHING, PUBLISHED_PLACES],
  rowsMax: 1000,
};

export interface PublishingRules {
  readonly assignmentsPerSum: number;
  precisionIn(country: string): PlacePrecision;
}
