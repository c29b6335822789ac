import { addMonths, AppError } from '#contracts';
import type { Tx } from '#database';
import { readRules } from '#rules';
import { ASSIGNMENT_RULES } from './assignments/assignment-rules';

/** What is taken for a plausible day of an assignment that is entered today. */
export async function plausibleDays(
  tx: Tx,
  today: string,
): Promise<{ preparationMonthsMax: number; startYearsMax: number }> {
  const rules = (await readRules(tx, ASSIGNMENT_RULES)).inForceOn(today);
  return {
    preparationMonthsMax: rules.value('preparation-before-start-max'),
    startYearsMax: rules.value('start-from-today-max'),
  };
}

/** Refuses a day of a period that is further from today than planning ahead or entering late explains: a typing error. */
export function refuseFar(
  code: 'STAFFING_ASSIGNMENT_START_NOT_PLAUSIBLE' | 'STAFFING_EXPERT_REQUEST_PERIOD_NOT_PLAUSIBLE',
  { day, pointer }: { day: string; pointer: string },
  { today, yearsMax }: { today: string; yearsMax: number },
): void {
  const [earliest, latest] = [addMonths(today, -12 * yearsMax), addMonths(today, 12 * yearsMax)];
  if (earliest <= day && day <= latest) return;
  const errors = [{ pointer, code, detail: `must be from ${earliest} to ${latest}` }];
  throw new AppError(code, { earliest, latest }, { errors });
}
