import type { AssignmentView } from '#contracts/staffing';
import type { Queries } from '#database';

/** What an employer decides on; the name is null once the personal data was erased. */
export type ExpertProfile = NonNullable<AssignmentView['candidate']>;

/** The profile of an expert with the name. Whoever asks decides who may see the name. */
export async function expertProfile(source: Queries, expertId: string): Promise<ExpertProfile | undefined> {
  const [profile] = await source.query<ExpertProfile>(
    `SELECT expert.qualifications, expert.languages,
       nullif(concat_ws(' ', person.given_names, person.family_name), '') AS name
     FROM expert LEFT JOIN expert_person person ON person.expert_id = expert.id WHERE expert.id = $1`,
    [expertId],
  );
  return profile;
}
