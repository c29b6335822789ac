import { AppError } from '#contracts';
import type { Call } from '#platform';
import type { Tx } from './transaction';

/** What a caller may be bound to by the token. */
type Bond = 'subject' | 'municipalityId' | 'expertId';

/** Whose the objects of one kind are: declared beside the entity, read by acts, reads and lists alike. */
export interface Ownership {
  /** The table, or the tables joined, in which it stands. */
  readonly from: string;
  /** The object's id in `from`, such as `report.id`. */
  readonly id: string;
  /** A condition per bond, with `?` for its value: any that holds makes the object the caller's own. */
  readonly bonds: Readonly<Partial<Record<Bond, string>>>;
  /** What everybody of an `own` scope may see besides, such as published events. */
  readonly everybody?: string;
}

/**
 * SQL conditions (none, or one) that restrict a query to the objects of the caller's scope; adds to the parameters what they need.
 * Nothing is added or sent for the scope `any`.
 */
export function visibleTo(
  call: Call,
  { bonds, everybody }: Omit<Ownership, 'from' | 'id'>,
  parameters: unknown[],
): string[] {
  if (call.scope === 'any') return [];
  const own = everybody === undefined ? [] : [everybody];
  for (const bond of ['subject', 'municipalityId', 'expertId'] as const) {
    const [condition, value] = [bonds[bond], call.caller[bond]];
    if (condition === undefined || value === undefined) continue;
    const type = bond === 'subject' ? 'text' : 'uuid';
    own.push(condition.replaceAll('?', `$${parameters.push(value)}::${type}`));
  }
  return [own.length > 0 ? own.join(' OR ') : 'false'];
}

/**
 * Answers PLATFORM_RESOURCE_NOT_FOUND for an object outside the caller's scope. Comes before state and version: either would tell
 * that the object exists.
 */
export async function refuseForeign(
  tx: Pick<Tx, 'query'>,
  call: Call,
  { ownership, id }: { ownership: Ownership; id: string },
): Promise<void> {
  const parameters: unknown[] = [id];
  const conditions = visibleTo(call, ownership, parameters);
  if (conditions.length === 0) return;
  const where = [`${ownership.id} = $1`, ...conditions].map((condition) => `(${condition})`).join(' AND ');
  const rows = await tx.query(`SELECT FROM ${ownership.from} WHERE ${where}`, parameters);
  if (rows.length === 0) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
}
