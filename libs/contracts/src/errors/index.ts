import { bankErrors } from './bank.errors';
import { budgetErrors } from './budget.errors';
import { commitmentErrors } from './commitment.errors';
import type { ErrorDeclaration } from './declare';
import { eventsErrors } from './events.errors';
import { financeErrors } from './finance.errors';
import { partnershipErrors } from './partnership.errors';
import { anyRouteErrors, sharedErrors } from './platform.errors';
import { publicMoneyErrors } from './public-money.errors';
import { staffingErrors } from './staffing.errors';

const catalogue = {
  ...anyRouteErrors,
  ...sharedErrors,
  ...partnershipErrors,
  ...staffingErrors,
  ...financeErrors,
  ...bankErrors,
  ...budgetErrors,
  ...commitmentErrors,
  ...publicMoneyErrors,
  ...eventsErrors,
};

/** Every code a client can meet, `SERVICE_NOUN_CONDITION`. */
export type ErrorCode = keyof typeof catalogue;

/** The catalogue of all codes with kind and texts; `/problems/{slug}` is made from it. */
export const ERRORS: Readonly<Record<ErrorCode, ErrorDeclaration>> = catalogue;

/** Whether any route can answer a code, so that no operation declares it. */
export function isOfAnyRoute(code: ErrorCode): boolean {
  return Object.hasOwn(anyRouteErrors, code);
}

/** `FINANCE_COMMITMENT_INSUFFICIENT_FUNDS` -> `finance-commitment-insufficient-funds`, the last part of a problem's `type`. */
export function problemSlug(code: ErrorCode): string {
  return code.toLowerCase().replaceAll('_', '-');
}
