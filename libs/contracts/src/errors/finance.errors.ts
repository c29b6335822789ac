import { declareErrors } from './declare';

/** Refusals of the finance service. */
export const financeErrors = declareErrors({});
