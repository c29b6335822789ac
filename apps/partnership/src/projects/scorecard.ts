import { AppError } from '#contracts';
import { ScoreDimension } from '#contracts/partnership';
import { CRITERIA, type CriterionKey } from './rubric-criteria';

export interface GivenScore {
  readonly criterion: string;
  readonly score: number;
  readonly justification: string;
}

export interface WeighedScore extends GivenScore {
  readonly criterion: CriterionKey;
  readonly dimension: ScoreDimension;
  readonly weightPercent: number;
}

/**
 * Joins the points of a scorecard with the weights of the rubric in force: each criterion exactly once. They are kept together, so
 * that another rubric leaves the score as it is.
 */
export function weigh(given: readonly GivenScore[], weights: readonly [CriterionKey, number][]): WeighedScore[] {
  const keys = given.map(({ criterion }) => criterion);
  const missing = weights.map(([criterion]) => criterion).filter((criterion) => !keys.includes(criterion));
  const unknown = keys.filter((key) => !weights.some(([criterion]) => criterion === key));
  const repeated = keys.filter((key, index) => keys.indexOf(key) !== index);
  if (missing.length + unknown.length + repeated.length > 0)
    throw new AppError('PARTNERSHIP_PROJECT_SCORES_INCOMPLETE', { missing, unknown, repeated });
  return weights.flatMap(([criterion, weightPercent]) =>
    given
      .filter((each) => each.criterion === criterion)
      .map(({ score, justification }) => ({
        criterion,
        dimension: CRITERIA[criterion].dimension,
        score,
        weightPercent,
        justification,
      })),
  );
}

/** The weighted mean in hundredths of a point: whole percents of whole points, over the whole weight. */
export function meanOf(scores: readonly WeighedScore[]): string {
  const weight = scores.reduce((sum, each) => sum + each.weightPercent, 0);
  const points = scores.reduce((sum, each) => sum + each.score * each.weightPercent, 0);
  return (Math.round((points * 100) / weight) / 100).toFixed(2);
}

/** The mean of each dimension that the rubric has. */
export function meansByDimension(scores: readonly WeighedScore[]): { dimension: ScoreDimension; mean: string }[] {
  return ScoreDimension.options.flatMap((dimension) => {
    const its = scores.filter((each) => each.dimension === dimension);
    return its.length === 0 ? [] : [{ dimension, mean: meanOf(its) }];
  });
}
