import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Clock } from '#platform';
import { employerOf } from '../participants.rows';
import type { Assignment } from './assignment.entity';
import { refuseOverfull } from './expert-time.rows';
import { plausibleDays, refuseFar } from '../plausible-days.reader';
import { instrumentRuleInForce } from './instrument-rule.reader';
import { refuseTerm } from './person-and-term';
import { refusePerson } from './person-check.reader';
import { refuseBeyondLimits } from './term-limits.rows';

/** What every plan of an assignment is checked against, new, anew or corrected. */
@Injectable()
export class PlanningRulesService {
  constructor(private readonly clock: Clock) {}

  /** The employer takes part, days are plausible, person and term fit the instrument's rules of the first day, and there is room. */
  async refuse(tx: Tx, assignment: Assignment): Promise<void> {
    const { partnershipIds, employerMunicipalityId: municipalityId, instrument, period } = assignment;
    await employerOf(tx, { partnershipIds, municipalityId });
    const today = this.clock.today();
    const { startYearsMax: yearsMax } = await plausibleDays(tx, today);
    const start = { day: period.from, pointer: '#/period/from' };
    refuseFar('STAFFING_ASSIGNMENT_START_NOT_PLAUSIBLE', start, { today, yearsMax });
    const rule = await instrumentRuleInForce(tx, instrument, period.from);
    refuseTerm(rule, period, '#/period/to');
    await refusePerson(tx, assignment);
    await refuseBeyondLimits(tx, assignment, rule.monthsMax);
    await refuseOverfull(tx, assignment);
  }
}
