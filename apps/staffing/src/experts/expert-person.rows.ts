import { domainToASCII, domainToUnicode } from 'node:url';
import type { ExpertPersonView } from '#contracts/staffing';
import type { Queries, Tx } from '#database';

const LIKELY_MAX = 20;

/** The personal data as it stands; undefined when it was erased. */
export async function personOf(tx: Tx, expertId: string): Promise<ExpertPersonView | undefined> {
  const [person] = await tx.query<ExpertPersonView>(
    'SELECT given_names, family_name, birth_date, email FROM expert_person WHERE expert_id = $1',
    [expertId],
  );
  return person;
}

export async function writePerson(tx: Tx, expertId: string, person: ExpertPersonView): Promise<void> {
  await tx.execute(
    `INSERT INTO expert_person (expert_id, given_names, family_name, birth_date, email) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT ON CONSTRAINT pk_expert_person DO UPDATE SET given_names = excluded.given_names,
       family_name = excluded.family_name, birth_date = excluded.birth_date, email = excluded.email`,
    [expertId, person.givenNames, person.familyName, person.birthDate, person.email],
  );
}

/** Other experts with this address. Two who are taken in at once wait for each other, so that the second sees the first. */
export async function sameAddress(tx: Tx, expertId: string, { email }: ExpertPersonView): Promise<string[]> {
  const spellings = spellingsOf(email);
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('staffing.expert-address.' || $1, 0))`, [spellings[0]]);
  const rows = await tx.query<{ expertId: string }>(
    `SELECT expert_id FROM expert_person WHERE lower(email) = ANY ($2::text[]) AND expert_id <> $1
     ORDER BY expert_id LIMIT ${LIKELY_MAX}`,
    [expertId, spellings],
  );
  return rows.map((row) => row.expertId);
}

/** Other experts who may be the same person: of the same address, or of the same name and birth date. */
export async function likelyDuplicates(source: Queries, expertId: string, person: ExpertPersonView): Promise<string[]> {
  const rows = await source.query<{ expertId: string }>(
    `SELECT expert_id FROM expert_person WHERE expert_id <> $1 AND (lower(email) = ANY ($2::text[])
       OR (birth_date = $3 AND name_key(given_names, family_name) = name_key($4, $5)))
     ORDER BY lower(email) = ANY ($2::text[]) DESC, expert_id LIMIT ${LIKELY_MAX}`,
    [expertId, spellingsOf(person.email), person.birthDate, person.givenNames, person.familyName],
  );
  return rows.map((row) => row.expertId);
}

/** An address as the network knows it, and as people write it: `bücher.example` is `xn--bcher-kva.example`. */
function spellingsOf(email: string): string[] {
  const address = email.toLowerCase();
  const at = address.lastIndexOf('@') + 1;
  const [local, domain] = [address.slice(0, at), address.slice(at)];
  return [...new Set([`${local}${domainToASCII(domain)}`, `${local}${domainToUnicode(domain)}`, address])];
}
