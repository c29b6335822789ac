import { AppError } from '#contracts';
import type { ExpertFact } from '#contracts/staffing';
import type { Tx } from '#database';
import { personFacts } from '../experts/person-facts.reader';
import { employerOf } from '../participants.rows';
import type { Assignment } from './assignment.entity';
import { countriesOf, instrumentRuleInForce } from './instrument-rule.reader';
import { unmetByPerson } from './person-and-term';

/** The rules of the instrument that a person does not meet, and the facts that nobody has verified. */
interface Unmet {
  readonly rules: string[];
  readonly unverified: ExpertFact[];
}

/** Refuses a person who does not qualify for the assignment. */
export async function refusePerson(tx: Tx, assignment: Assignment): Promise<void> {
  const unmet = await unmetByPersonOf(tx, assignment);
  if (unmet.rules.length > 0) throw new AppError('STAFFING_EXPERT_NOT_ELIGIBLE', { ...unmet });
}

/**
 * Judges the person of an assignment by what is verified now, under the instrument's rules of the day on which it begins. Asked at
 * each step that binds: what made the person eligible when it was planned may have fallen away.
 */
export async function unmetByPersonOf(tx: Tx, assignment: Assignment): Promise<Unmet> {
  const { partnershipIds, employerMunicipalityId: municipalityId, expertId, instrument, periodFrom: on } = assignment;
  const { country: countryOfWork } = await employerOf(tx, { partnershipIds, municipalityId });
  const rule = await instrumentRuleInForce(tx, instrument, on);
  const person = await personFacts(tx, expertId);
  const groupCountries = await countriesOf(tx, rule.citizenshipGroups, on);
  return {
    rules: unmetByPerson(rule, person, { groupCountries, countryOfWork, on }),
    unverified: [...person.unverified],
  };
}
