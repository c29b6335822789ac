import type { Ownership } from '#database';

/** The condition of an ownership: the municipality (`?`) takes part in the partnership of that column. */
export function takingPartIn(partnershipId: string): string {
  return `EXISTS (SELECT FROM partnership_participant own
    WHERE own.partnership_id = ${partnershipId} AND own.municipality_id = ?)`;
}

/** A partnership belongs to every municipality that takes part. */
export const PARTNERSHIP_OWNERSHIP: Ownership = {
  from: 'partnership p',
  id: 'p.id',
  bonds: { municipalityId: takingPartIn('p.id') },
};
