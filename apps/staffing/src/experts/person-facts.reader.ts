import { AppError } from '#contracts';
import { EXPERT_FACTS, type ExpertFact } from '#contracts/staffing';
import type { Tx } from '#database';
import type { Verifications } from './expert.entity';

/** What the rules ask about a person, as far as a person of the fund has verified it (docs/domain.md#facts-about-a-person). */
export interface PersonFacts {
  readonly citizenships: readonly string[];
  readonly residenceCountry: string | null;
  /** Null, too, when the personal data was erased. */
  readonly birthDate: string | null;
  /** What is stated and counts for nothing yet. */
  readonly unverified: readonly ExpertFact[];
}

interface Row {
  readonly citizenships: readonly string[];
  readonly residenceCountry: string;
  readonly birthDate: string | null;
  readonly verifications: Verifications;
}

/** What is known of an expert, as the caller's transaction sees it. */
export async function personFacts(tx: Tx, expertId: string): Promise<PersonFacts> {
  const [person] = await tx.query<Row>(
    `SELECT expert.citizenships, expert.residence_country, expert.verifications, person.birth_date
     FROM expert LEFT JOIN expert_person person ON person.expert_id = expert.id WHERE expert.id = $1`,
    [expertId],
  );
  if (!person) throw new AppError('STAFFING_EXPERT_NOT_KNOWN', { expertId });
  const { verifications } = person;
  return {
    citizenships: verifications.citizenships ? person.citizenships : [],
    residenceCountry: verifications.residenceCountry ? person.residenceCountry : null,
    birthDate: verifications.birthDate ? person.birthDate : null,
    unverified: EXPERT_FACTS.filter((fact) => verifications[fact] === null),
  };
}
