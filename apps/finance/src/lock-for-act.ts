import { AppError } from '#contracts';
import type { Tx } from '#database';

/**
 * Locks a row for an act on it. The state decides before the version: who lost a race for an act that is done is told so (409)
 * instead of being sent to read again (412). A stale version of a row that the act still suits stays PLATFORM_VERSION_STALE.
 */
export async function lockForAct<E extends { version: number }>(
  tx: Tx,
  entityClass: new () => E,
  act: { id: string; expectedVersion: number | undefined; assertPossible: (entity: E) => void },
): Promise<E> {
  const entity = await tx.lockOrFail(entityClass, act.id);
  act.assertPossible(entity);
  assertVersion(entity, act.expectedVersion);
  return entity;
}

export function assertVersion({ version }: { version: number }, expected: number | undefined): void {
  if (expected === undefined || version === expected) return;
  throw new AppError('PLATFORM_VERSION_STALE', { currentVersion: version });
}
