import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { Tx } from '#database';
import { Clock } from '#platform';
import { personFacts } from '../experts/person-facts.reader';
import { type Participant, participantsOf } from '../participants.rows';
import type { Assignment } from './assignment.entity';
import { countriesOf, instrumentRuleInForce, plausibleDays } from './instrument-rule.reader';
import { refusePerson, refuseStart, refuseTerm } from './person-and-term';
import { refuseBeyondLimits } from './term-limits.rows';

/** What every plan of an assignment is checked against, new, anew or corrected. */
@Injectable()
export class PlanningRulesService {
  constructor(private readonly clock: Clock) {}

  /** The employer takes part, days are plausible, person and term fit the instrument's rules of the first day, and there is room. */
  async refuse(tx: Tx, assignment: Assignment): Promise<void> {
    const { partnershipIds, employerMunicipalityId, instrument, expertId, period } = assignment;
    const employer = await employerOf(tx, partnershipIds, employerMunicipalityId);
    const today = this.clock.today();
    refuseStart(period.from, { today, yearsMax: (await plausibleDays(tx, today)).startYearsMax });
    const rule = await instrumentRuleInForce(tx, instrument, period.from);
    refuseTerm(rule, period, '#/period/to');
    const person = await personFacts(tx, expertId);
    const groupCountries = await countriesOf(tx, rule.citizenshipGroups, period.from);
    refusePerson(rule, person, { groupCountries, countryOfWork: employer.country, on: period.from });
    await refuseBeyondLimits(tx, assignment, rule.monthsMax);
  }
}

async function employerOf(tx: Tx, partnershipIds: readonly string[], municipalityId: string): Promise<Participant> {
  const participants = await participantsOf(tx, partnershipIds);
  const employer = participants.find((each) => each.municipalityId === municipalityId && each.side === 'PARTNER');
  if (!employer) throw new AppError('STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING');
  return employer;
}
