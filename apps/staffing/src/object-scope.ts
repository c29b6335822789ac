import { AppError } from '#contracts';
import type { Tx } from '#database';
import type { Call } from '#platform';

/** Where a table holds what makes an object somebody's own. */
export interface OwnershipColumns {
  /** A `uuid[]` of partnerships: municipality users own what one of their partnerships is part of. */
  readonly partnershipIds: string;
  /** An expert owns what names the own record. */
  readonly expertId?: string;
}

/** SQL conditions (none, or one) that restrict a query to the caller's objects; adds to the parameters what they need. */
export function visibleTo(call: Call, columns: OwnershipColumns, parameters: unknown[]): string[] {
  if (call.scope === 'any') return [];
  const { municipalityId, expertId } = call.caller;
  const own: string[] = [];
  if (municipalityId !== undefined) {
    const placeholder = `$${parameters.push(municipalityId)}::uuid`;
    own.push(
      `EXISTS (SELECT FROM partnership_participant_copy participant WHERE participant.municipality_id = ${placeholder} ` +
        `AND participant.partnership_id = ANY (${columns.partnershipIds}))`,
    );
  }
  if (expertId !== undefined && columns.expertId !== undefined) {
    own.push(`${columns.expertId} = $${parameters.push(expertId)}::uuid`);
  }
  return [own.length > 0 ? own.join(' OR ') : 'false'];
}

/**
 * Answers PLATFORM_RESOURCE_NOT_FOUND for an object outside the caller's scope. Comes before the version check: a stale
 * version would tell that the object exists.
 */
export async function refuseForeign(
  tx: Tx,
  call: Call,
  object: OwnershipColumns & { from: string; idColumn: string; id: string },
): Promise<void> {
  const parameters: unknown[] = [object.id];
  const where = [`${object.idColumn} = $1`, ...visibleTo(call, object, parameters)];
  const rows = await tx.query(`SELECT FROM ${object.from} WHERE (${where.join(') AND (')})`, parameters);
  if (rows.length === 0) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
}
