import { AppError } from '#contracts';
import type { Tx } from '#database';

/** What the rules ask about a person. */
export interface PersonFacts {
  readonly citizenships: readonly string[];
  readonly residenceCountry: string;
  /** Null when the personal data was erased. */
  readonly birthDate: string | null;
}

/** What is known of an expert, as the caller's transaction sees it. */
export async function personFacts(tx: Tx, expertId: string): Promise<PersonFacts> {
  const [person] = await tx.query<PersonFacts>(
    `SELECT expert.citizenships, expert.residence_country, person.birth_date
     FROM expert LEFT JOIN expert_person person ON person.expert_id = expert.id WHERE expert.id = $1`,
    [expertId],
  );
  if (!person) throw new AppError('STAFFING_EXPERT_NOT_KNOWN', { expertId });
  return person;
}
