import { z } from 'zod';
import { PROJECT_STAGES, ProjectSector, type ProjectStage, Requirement } from '#contracts/partnership';
import type { RuleFile, RuleKey, RuleSet } from '#rules';
import { CHECKLIST_ITEMS, type ChecklistItem } from './checklist-items';
import { CRITERIA, type CriterionKey } from './rubric-criteria';

const APPROVALS_MAX = 5;

/** `first=one second=two`: each name once. */
function pairs<Key extends string, Value>(names: z.ZodType<Key, string>, values: z.ZodType<Value, string>) {
  return z.string().transform((text, context) => {
    const read = z.array(z.tuple([names, values])).safeParse(text.split(' ').map((part) => part.split('=')));
    if (!read.success) context.addIssue('must be pairs such as need=8, separated by blanks');
    else if (new Set(read.data.map(([name]) => name)).size < read.data.length)
      context.addIssue('names something twice');
    else return read.data;
    return z.NEVER;
  });
}

const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>) => z.enum(Object.keys(record) as Key[]);

const checklist: RuleKey<[ChecklistItem, Requirement][]> = {
  units: ['REQUIREMENTS'],
  value: pairs(keysOf(CHECKLIST_ITEMS), Requirement),
};
const further = { ...checklist, isOptional: true } as const;

export const sectorKey = (stage: ProjectStage, sector: ProjectSector) => `${stage}-${sector}` as const;

/** What the gate of a stage asks for, and what besides in a sector. Source: docs/domain.md#bankable-projects. */
export const PROJECT_CHECKLIST: RuleSet<Record<ReturnType<typeof sectorKey> | ProjectStage, typeof checklist>> = {
  name: 'PROJECT_CHECKLIST',
  keys: Object.fromEntries(
    PROJECT_STAGES.flatMap((stage) => [
      [stage, checklist],
      ...ProjectSector.options.map((sector) => [sectorKey(stage, sector), further]),
    ]),
  ) as Record<ReturnType<typeof sectorKey> | ProjectStage, typeof checklist>,
  missing: 'PARTNERSHIP_PROJECT_RULES_MISSING',
};

const approvals: RuleKey<[ProjectStage, number][]> = {
  units: ['COUNT'],
  value: pairs(
    z.enum(PROJECT_STAGES),
    z
      .string()
      .regex(/^[1-9]$/)
      .transform(Number)
      .pipe(z.int().max(APPROVALS_MAX)),
  ).refine((given) => given.length === PROJECT_STAGES.length, 'must name each stage'),
};

/** How many persons approve a gate. */
export const PROJECT_REVIEW: RuleSet<{ approvals: typeof approvals }> = {
  name: 'PROJECT_REVIEW',
  keys: { approvals },
  missing: 'PARTNERSHIP_PROJECT_RULES_MISSING',
};

const weights: RuleKey<[CriterionKey, number][]> = {
  units: ['PERCENT'],
  value: pairs(
    keysOf(CRITERIA),
    z
      .string()
      .regex(/^[1-9]\d?$/)
      .transform(Number),
  ).refine((given) => given.reduce((sum, [, weight]) => sum + weight, 0) === 100, 'must add up to 100'),
};

/** All weights are one row, so that they add up on every day; its first day is what a version of the rubric is known by. */
export const PROJECT_RUBRIC: RuleSet<{ weights: typeof weights }> = {
  name: 'PROJECT_RUBRIC',
  keys: { weights },
  missing: 'PARTNERSHIP_PROJECT_RULES_MISSING',
};

export const PROJECT_RULE_FILE: RuleFile = {
  path: 'apps/partnership/data/project-rules.csv',
  sets: [PROJECT_CHECKLIST, PROJECT_REVIEW, PROJECT_RUBRIC],
  rowsMax: 400,
};
