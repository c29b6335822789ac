import type { PersonFacts } from '../experts/person-facts.reader';
import { ageOn, AppError, type Period, termEnd } from '#contracts';

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

/**
 * Refuses a period that is shorter or longer than the instrument allows; months count by BGB 187, 188 from the first day, which is
 * a day of service. `pointer` is the field that says the end.
 */
export function refuseTerm(rule: InstrumentRule, period: Period, pointer: '#/period/to' | '#/to'): void {
  const [earliestEnd, latestEnd] = [termEnd(period.from, rule.monthsMin), termEnd(period.from, rule.monthsMax)];
  if (earliestEnd <= period.to && period.to <= latestEnd) return;
  const { monthsMin, monthsMax } = rule;
  const code = 'STAFFING_ASSIGNMENT_TERM_NOT_ALLOWED';
  throw new AppError(
    code,
    { monthsMin, monthsMax, earliestEnd, latestEnd },
    { errors: [{ pointer, code, detail: `must be from ${earliestEnd} to ${latestEnd}` }] },
  );
}

/** Where and from when on the person is to serve, with the countries whose citizens qualify on that day. */
interface Service {
  readonly groupCountries: readonly string[];
  readonly countryOfWork: string;
  readonly on: string;
}

/**
 * What a person does not meet (docs/domain.md#instruments): IF EU or EFTA citizens; EH from 18, German or EU citizens (EhfG § 1);
 * local experts nationals or residents of the country of work. A fact that is not known, or not verified, counts as not met.
 */
export function unmetByPerson(rule: InstrumentRule, person: PersonFacts, service: Service): string[] {
  const unmet: string[] = [];
  if (rule.ageMin !== null && (person.birthDate === null || ageOn(person.birthDate, service.on) < rule.ageMin)) {
    unmet.push(`AGE_AT_LEAST_${rule.ageMin}`);
  }
  if (
    rule.citizenshipGroups.length > 0 &&
    !person.citizenships.some((country) => service.groupCountries.includes(country))
  ) {
    unmet.push(`CITIZEN_OF_${rule.citizenshipGroups.join('_OR_')}`);
  }
  const { countryOfWork } = service;
  const isLocal = person.residenceCountry === countryOfWork || person.citizenships.includes(countryOfWork);
  if (rule.isLocal && !isLocal) unmet.push('NATIONAL_OR_RESIDENT_OF_COUNTRY_OF_WORK');
  return unmet;
}
