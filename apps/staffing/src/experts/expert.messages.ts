import { EXPERT_PERSON_READERS, type ExpertPersonView, type ExpertView } from '#contracts/staffing';
import type { Columns } from '#database';
import type { Call } from '#platform';
import type { Expert } from './expert.entity';

export type ExpertRow = Columns<Expert> & { person: ExpertPersonView | null };

const KEEPING_PERSONS: readonly string[] = ['recruiter', 'programme-officer'];

/** Whether somebody sees who the experts are. */
export function seesPersons({ caller }: Call): boolean {
  return EXPERT_PERSON_READERS.some((role) => caller.roles.includes(role));
}

/** Whether somebody keeps the pool: takes experts in, corrects and verifies, and learns who may be the same person. */
export function keepsPersons({ caller }: Call): boolean {
  return caller.roles.some((role) => KEEPING_PERSONS.includes(role));
}

/** Personal data goes to the recruiter, the programme officer, the data protection officer and the expert; to nobody else. */
export function expertView(row: ExpertRow, call: Call, likelyDuplicates: string[] | null = null): ExpertView {
  const { roles, expertId } = call.caller;
  const maySeePerson = seesPersons(call) || (roles.includes('expert') && expertId === row.id);
  return {
    id: row.id,
    version: row.version,
    languages: row.languages,
    fieldsOfAction: row.fieldsOfAction,
    qualifications: row.qualifications,
    citizenships: row.citizenships,
    residenceCountry: row.residenceCountry,
    person: maySeePerson ? row.person : null,
    verifications: maySeePerson ? row.verifications : null,
    changeReason: maySeePerson ? row.changeReason : null,
    likelyDuplicates,
  };
}
