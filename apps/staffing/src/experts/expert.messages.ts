import type { ExpertPersonView, ExpertView } from '#contracts/staffing';
import type { Columns } from '#database';
import type { Call } from '#platform';
import type { Expert } from './expert.entity';

export type ExpertRow = Columns<Expert> & { person: ExpertPersonView | null };

const MAY_SEE_PERSONS: readonly string[] = ['recruiter', 'programme-officer', 'data-protection-officer'];

/** Personal data goes to the recruiter, the programme officer, the data protection officer and the expert; to nobody else. */
export function expertView(row: ExpertRow, call: Call): ExpertView {
  const { roles, expertId } = call.caller;
  const maySeePerson =
    roles.some((role) => MAY_SEE_PERSONS.includes(role)) || (roles.includes('expert') && expertId === row.id);
  return {
    id: row.id,
    version: row.version,
    languages: row.languages,
    fieldsOfAction: row.fieldsOfAction,
    qualifications: row.qualifications,
    citizenships: row.citizenships,
    residenceCountry: row.residenceCountry,
    person: maySeePerson ? row.person : null,
  };
}
