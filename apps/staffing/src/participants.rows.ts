import { AppError } from '#contracts';
import type { Side } from '#contracts/partnership';
import type { Ownership, Tx } from '#database';

/** A municipality that takes part in a partnership, from the local copy. */
export interface Participant {
  readonly partnershipId: string;
  readonly municipalityId: string;
  readonly side: Side;
  readonly country: string;
}

/** The participants of some partnerships; a partnership that staffing does not know has none. */
export function participantsOf(tx: Tx, partnershipIds: readonly string[]): Promise<Participant[]> {
  return tx.statement<Participant>(
    'participants_of',
    `SELECT partnership_id, municipality_id, side, country
     FROM partnership_participant_copy WHERE partnership_id = ANY ($1::uuid[]) ORDER BY partnership_id, municipality_id`,
    [partnershipIds],
  );
}

/** The employer of an assignment; refused unless it takes part on the partner side. */
export async function employerOf(
  tx: Tx,
  { partnershipIds, municipalityId }: { partnershipIds: readonly string[]; municipalityId: string },
): Promise<Participant> {
  const participants = await participantsOf(tx, partnershipIds);
  const employer = participants.find((each) => each.municipalityId === municipalityId && each.side === 'PARTNER');
  if (!employer) throw new AppError('STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING');
  return employer;
}

/** The condition of an ownership: the municipality (`?`) takes part in one of the partnerships of that column, and not only in the `except`. */
export function takingPartIn(partnershipIds: string, except?: string): string {
  return `EXISTS (SELECT FROM partnership_participant_copy participant WHERE participant.municipality_id = ?
    AND participant.partnership_id = ANY (${partnershipIds})${except ? ` AND participant.partnership_id <> ALL (${except})` : ''})`;
}

/** Whose an assignment is, and with it everything below it: the expert's, and the municipalities' that take part. */
export const ASSIGNMENT_BONDS: Ownership['bonds'] = {
  municipalityId: takingPartIn('assignment.partnership_ids'),
  expertId: 'assignment.expert_id = ?',
};
