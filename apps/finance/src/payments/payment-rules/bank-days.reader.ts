import { z } from 'zod';
import { addDays, yearOf } from '#contracts';
import type { Queries } from '#database';
import { isInForce, type MemberSet, oneOf, readRules, type DatedRules, type RuleFile } from '#rules';
import { closingDaysIn, isClosingDay } from './bank-days';

const DAY_FORM = 'day- with a date or month and day, such as day-12-25, or one beside Easter, such as easter-2-before';

const TARGET: MemberSet = {
  name: 'TARGET',
  keys: {},
  members: { form: z.string().refine(isClosingDay, DAY_FORM), rule: oneOf(['CLOSED'], 'BANK_DAY') },
};

export const BANK_DAY_FILE: RuleFile = { path: 'apps/finance/data/bank-days.csv', sets: [TARGET], rowsMax: 200 };

/** The days on which banks carry out payments: those of TARGET, which close on weekends and on the days of the rules. */
export class BankDays {
  constructor(private readonly rules: Pick<DatedRules, 'rows'>) {}

  static async read(source: Queries): Promise<BankDays> {
    return new BankDays(await readRules(source, TARGET));
  }

  /** The day itself, or the next one on which the banks work. */
  onOrAfter(day: string): string {
    let next = day;
    while (!this.has(next)) next = addDays(next, 1);
    return next;
  }

  private has(day: string): boolean {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) return false;
    const closing = this.rules.rows.filter((row) => isInForce(row, day)).map(({ key }) => key);
    return !closingDaysIn(yearOf(day), closing).has(day);
  }
}
