import { AppError } from '#contracts';

/** A criterion in force, from the dated configuration. */
export interface Criterion {
  readonly key: string;
  readonly weightPercent: number;
}

export interface WeightedScore {
  readonly criterion: string;
  readonly score: number;
  readonly weightPercent: number;
}

export interface AssessmentTotals {
  readonly scores: readonly WeightedScore[];
  readonly totalHundredths: number;
}

/**
 * Joins the scores of a reviewer with the weights in force. Every criterion is scored exactly once. Weights are whole percents
 * and scores whole points, so the weighted mean is exact in hundredths.
 */
export function weighScores(
  given: readonly { criterion: string; score: number }[],
  criteria: readonly Criterion[],
): { scores: WeightedScore[]; totalHundredths: number } {
  const keys = given.map((score) => score.criterion);
  const missing = criteria.map((criterion) => criterion.key).filter((key) => !keys.includes(key));
  const unknown = keys.filter((key) => !criteria.some((criterion) => criterion.key === key));
  const repeated = keys.filter((key, index) => keys.indexOf(key) !== index);
  if (criteria.length === 0 || missing.length + unknown.length + repeated.length > 0) {
    throw new AppError('STAFFING_ASSESSMENT_CRITERIA_INCOMPLETE', { missing, unknown, repeated });
  }
  const scores = criteria.map(({ key, weightPercent }) => ({
    criterion: key,
    score: given.find((score) => score.criterion === key)?.score ?? 0,
    weightPercent,
  }));
  return { scores, totalHundredths: scores.reduce((sum, each) => sum + each.score * each.weightPercent, 0) };
}

/** Mean and spread of several assessments: how good, and how much the reviewers disagree. */
export function summarise(assessments: readonly AssessmentTotals[]): {
  mean: string;
  spread: string;
  spreadByCriterion: { criterion: string; spread: number }[];
} {
  const totals = assessments.map((assessment) => assessment.totalHundredths);
  const scores = assessments.flatMap((assessment) => assessment.scores);
  const criteria = [...new Set(scores.map((score) => score.criterion))];
  return {
    mean: hundredths(Math.round(totals.reduce((sum, total) => sum + total, 0) / totals.length)),
    spread: hundredths(spreadOf(totals)),
    spreadByCriterion: criteria.map((criterion) => ({
      criterion,
      spread: spreadOf(scores.filter((score) => score.criterion === criterion).map((score) => score.score)),
    })),
  };
}

/** 325 -> `3.25` */
export function hundredths(value: number): string {
  return (value / 100).toFixed(2);
}

function spreadOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
