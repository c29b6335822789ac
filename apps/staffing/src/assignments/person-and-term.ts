import type { PersonFacts } from '../experts/person-facts.reader';
import { addMonths, ageOn, AppError, type Period } from '#contracts';

/** The rules of an instrument in force on the day an assignment starts; dated rows with their source. */
export interface InstrumentRule {
  readonly monthsMin: number;
  readonly monthsMax: number;
  readonly ageMin: number | null;
  /** Groups of countries whose citizens qualify; empty when citizenship of a group is not asked for. */
  readonly citizenshipGroups: readonly ('EU' | 'EFTA')[];
  /** Nationals or residents of the country of work. */
  readonly isLocal: boolean;
}

/** Refuses a period that is shorter or longer than the instrument allows; months count from the first day. */
export function refuseTerm(rule: InstrumentRule, period: Period): void {
  const isTooShort = period.to < addMonths(period.from, rule.monthsMin);
  const isTooLong = period.to > addMonths(period.from, rule.monthsMax);
  if (!isTooShort && !isTooLong) return;
  throw new AppError('STAFFING_ASSIGNMENT_TERM_NOT_ALLOWED', {
    monthsMin: rule.monthsMin,
    monthsMax: rule.monthsMax,
    earliestEnd: addMonths(period.from, rule.monthsMin),
    latestEnd: addMonths(period.from, rule.monthsMax),
  });
}

/**
 * Refuses a person who does not qualify (docs/domain.md#instruments): IF EU or EFTA citizens; EH from 18, German or EU citizens
 * (EhfG § 1); local experts nationals or residents of the country of work. A fact that is not known counts as not met.
 */
export function refusePerson(
  rule: InstrumentRule,
  person: PersonFacts,
  place: { groupCountries: readonly string[]; countryOfWork: string; on: string },
): void {
  const rules: string[] = [];
  if (rule.ageMin !== null && (person.birthDate === null || ageOn(person.birthDate, place.on) < rule.ageMin)) {
    rules.push(`AGE_AT_LEAST_${rule.ageMin}`);
  }
  if (
    rule.citizenshipGroups.length > 0 &&
    !person.citizenships.some((country) => place.groupCountries.includes(country))
  ) {
    rules.push(`CITIZEN_OF_${rule.citizenshipGroups.join('_OR_')}`);
  }
  const isLocal = person.residenceCountry === place.countryOfWork || person.citizenships.includes(place.countryOfWork);
  if (rule.isLocal && !isLocal) rules.push('NATIONAL_OR_RESIDENT_OF_COUNTRY_OF_WORK');
  if (rules.length > 0) throw new AppError('STAFFING_EXPERT_NOT_ELIGIBLE', { rules });
}
