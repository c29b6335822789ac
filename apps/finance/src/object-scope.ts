import type { Call } from '#platform';

/** Where a table holds whose it is. */
export interface OwnershipColumns {
  readonly expertId: string;
  readonly municipalityId: string;
}

/** SQL conditions (none, or one) that restrict a query to the caller's objects; adds to the parameters what they need. */
export function visibleTo(call: Call, columns: OwnershipColumns, parameters: unknown[]): string[] {
  if (call.scope === 'any') return [];
  const { municipalityId, expertId } = call.caller;
  const own: string[] = [];
  if (municipalityId !== undefined) own.push(`${columns.municipalityId} = $${parameters.push(municipalityId)}::uuid`);
  if (expertId !== undefined) own.push(`${columns.expertId} = $${parameters.push(expertId)}::uuid`);
  return [own.length > 0 ? own.join(' OR ') : 'false'];
}
