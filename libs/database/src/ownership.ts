import { AppError, type Role, ROLES } from '#contracts';
import type { Call } from '#platform';
import type { Tx } from './transaction';

/** What a caller may be bound to by the token, and the roles that the bond belongs to. */
const BONDS = {
  subject: ROLES,
  municipalityId: ['municipality-de', 'municipality-partner'],
  expertId: ['expert'],
} as const satisfies Record<string, readonly Role[]>;
type Bond = keyof typeof BONDS;

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
  const { caller, operation } = call;
  for (const [bond, roles] of Object.entries(BONDS) as [Bond, readonly Role[]][]) {
    const [condition, value] = [bonds[bond], caller[bond]];
    if (condition === undefined || value === undefined) continue;
    // Who is both an expert and a municipality's user has an operation that is the expert's on the expert's objects only.
    if (!roles.some((role) => caller.roles.includes(role) && operation.allow[role])) continue;
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
  object: { ownership: Ownership; id: string },
): Promise<void> {
  if (await isForeign(tx, call, object)) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
}

/** Whether an object is outside the caller's scope, or is not at all. Nothing is asked for the scope `any`. */
export async function isForeign(
  tx: Pick<Tx, 'query'>,
  call: Call,
  { ownership, id }: { ownership: Ownership; id: string },
): Promise<boolean> {
  const parameters: unknown[] = [id];
  const conditions = visibleTo(call, ownership, parameters);
  if (conditions.length === 0) return false;
  const where = [`${ownership.id} = $1`, ...conditions].map((condition) => `(${condition})`).join(' AND ');
  return (await tx.query(`SELECT FROM ${ownership.from} WHERE ${where}`, parameters)).length === 0;
}
