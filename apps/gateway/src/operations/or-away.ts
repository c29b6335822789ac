import { AppError } from '#contracts';

/** Undefined for a service that is away: a list over all services says so instead of failing as a whole. */
export async function orAway<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && (error.kind === 'unavailable' || error.kind === 'timeout')) return undefined;
    throw error;
  }
}
